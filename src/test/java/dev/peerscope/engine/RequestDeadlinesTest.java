package dev.peerscope.engine;

import static dev.peerscope.engine.EngineInput.RejectionReason.PROOF_WRONG;
import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.cancel;
import static dev.peerscope.engine.Sentence.deliver;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ClaimCounts;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.BlocksReceived;
import dev.peerscope.event.ExchangeEvent.ClaimsSettled;
import dev.peerscope.event.ExchangeEvent.FetchFailed;

/** How many requests are open with a peer, how long it has for each, and what becomes of one that is overdue. */
class RequestDeadlinesTest {

    private static final Duration DEADLINE = Pace.DEADLINE_MIN;

    private final TestNode node = new TestNode();

    @Test
    void aPeerThatHasDeliveredNothingIsAskedForFourBlocksAndForMoreAsItDelivers() {
        node.downloads("d", "abcdefghijklmnop");
        TestPeer alice = node.connects("alice");

        alice.has("abcdefghijklmnop");
        assertThat(node).sent(to(alice), wantBlock("abcd"));
        delivers(alice, "abcd");

        assertThat(node).sent(to(alice), wantBlock("efghijkl"));
    }

    @Test
    void aRefusedBlockHalvesTheRequestsThatMayBeOpen() {
        node.downloads("d", "abcdefghijklmnop");
        TestPeer alice = node.connects("alice");
        alice.has("abcdefghijklmnop");
        node.receives(from(alice), deliver("abcd"));

        node.refuses(alice, "abcd", PROOF_WRONG);

        assertThat(node).sent(to(alice), wantBlock("ef"));
    }

    @Test
    void anOverdueRequestIsCancelledAndAskedOfAnotherHolder() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        TestPeer bob = node.connects("bob");
        bob.has("ab");

        node.clock.advance(DEADLINE);

        assertThat(node).sent(to(alice), cancel("ab"));
        assertThat(node).sent(to(bob), wantBlock("ab"));
        assertThat(node).happened(ClaimsSettled.class,
                claims -> claims.outcome() == ClaimOutcome.TIMEOUT && claims.blocks() == 2);
        assertThat(claimsOf(alice)).isEqualTo(new ClaimCounts(0, 2, 0, 0, 0));
        assertThat(node.reader().wants(Optional.empty(), 10)).extracting(EngineReader.OwnWant::retriesLeft)
                .containsExactly(2_999, 2_999);
    }

    @Test
    void eachRequestHasItsOwnTimeWhateverElseThePeerDelivers() {
        node.downloads("d", "abcd");
        TestPeer alice = node.connects("alice");
        alice.has("abcd");
        TestPeer bob = node.connects("bob");
        bob.has("abcd");
        node.clock.advance(DEADLINE.dividedBy(2));
        delivers(alice, "a");

        node.clock.advance(DEADLINE.dividedBy(2));

        assertThat(node).sent(to(alice), cancel("bcd"));
        assertThat(node).sent(to(bob), wantBlock("bcd"));
    }

    @Test
    void whileNobodyElseHasABlockItsRequestStaysAndCostsNoTry() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        node.clock.advanceSeconds(59);

        assertThat(node.allMessagesTo(alice)).noneMatch(message -> Sentence.of(List.of(message))
                .equals(List.of(cancel("a"))));
        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.retriesLeft() == 3_000);
    }

    @Test
    void aPeerThatDeliversNothingForAMinuteIsDropped() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");

        node.clock.advanceSeconds(60);

        assertThat(node).disconnected(alice, DepartureReason.PEER_TIMEOUT);
        assertThat(node).happened(ClaimsSettled.class,
                claims -> claims.outcome() == ClaimOutcome.TIMEOUT && claims.blocks() == 2);
    }

    @Test
    void theMinuteOfASilentPeerIsMadeUpOfTheTimesInWhichSomethingWasAwaitedFromIt() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        TestPeer bob = node.connects("bob");
        for (int i = 0; i < 60; i++) {
            alice.has("ab");
            bob.has("ab");
            node.clock.advanceSeconds(2);
        }
        assertThat(node.allOutputs()).filteredOn(EngineOutput.Disconnect.class::isInstance)
                .extracting(output -> ((EngineOutput.Disconnect) output).reason())
                .contains(DepartureReason.PEER_TIMEOUT);
    }

    @Test
    void aPeerThatWasOverdueIsAskedLastAndForOneBlockUntilItDelivers() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        TestPeer bob = node.connects("bob");
        bob.has("a");
        node.clock.advance(DEADLINE);
        delivers(bob, "a");
        node.watches("w", "bcdefgh");
        alice.has("bcdefgh");
        bob.has("bcdefgh");

        node.downloads("e", "bcdefgh");

        assertThat(node).sent(to(bob), wantBlock("bcdef"));
        assertThat(node).sent(to(alice), wantBlock("g"));
        delivers(alice, "g");
        assertThat(node).sent(to(alice), wantBlock("h"));
    }

    @Test
    void whatWasOnItsWayWhenItWasCancelledIsTakenAndTheOtherHolderIsTold() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        TestPeer bob = node.connects("bob");
        bob.has("a");
        node.clock.advance(DEADLINE);

        node.receives(from(alice), deliver("a"));
        assertThat(node).verifies("a");
        node.stores(alice, "a");

        assertThat(node).sent(to(bob), cancel("a"));
        assertThat(node.reader().remaining("d")).isZero();
        assertThat(claimsOf(alice)).as("each request is counted once").isEqualTo(new ClaimCounts(0, 1, 0, 0, 0));
        assertThat(claimsOf(bob)).isEqualTo(new ClaimCounts(0, 0, 0, 0, 1));
    }

    @Test
    void whatComesTwiceThoughItWasAskedForTwiceIsADuplicateAndNoViolation() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        TestPeer bob = node.connects("bob");
        bob.has("a");
        node.clock.advance(DEADLINE);
        delivers(bob, "a");

        node.receives(from(alice), deliver("a"));

        assertThat(node).verifies("").happened(BlocksReceived.class,
                received -> received.outcome() == BlockOutcome.DUPLICATE);
        assertThat(node.allOutputs()).noneMatch(EngineOutput.Disconnect.class::isInstance);
    }

    @Test
    void aPeerWithNothingElseToDoIsAskedForWhatAnotherIsSlowWith() {
        node.downloads("d", "abcd");
        TestPeer slow = node.connects("slow");
        slow.has("ab");
        node.clock.advanceSeconds(30);
        delivers(slow, "a");
        TestPeer quick = node.connects("quick");
        quick.has("cd");
        delivers(quick, "cd");

        quick.has("b");

        assertThat(node).sent(to(quick), wantBlock("b"));
        delivers(quick, "b");
        assertThat(node).sent(to(slow), cancel("b"));
        assertThat(claimsOf(slow)).isEqualTo(new ClaimCounts(1, 0, 0, 0, 1));
    }

    @Test
    void aBlockThatFailedOnceIsAskedOfAPeerThatHasDeliveredRatherThanOfAStranger() {
        node.downloads("d", "ab");
        TestPeer slow = node.connects("slow");
        slow.has("a");
        node.clock.advanceSeconds(1);
        delivers(slow, "a");
        TestPeer silent = node.connects("silent");
        silent.has("b");
        node.clock.advance(DEADLINE.minusMillis(500));
        node.connects("stranger").has("b");
        slow.has("b");

        node.clock.advanceSeconds(1);

        assertThat(node).sent(to(silent), cancel("b")).sent(to(slow), wantBlock("b"));
    }

    @Test
    void aBlockIsAskedOfTwoPeersAtMost() {
        node.downloads("d", "abcd");
        TestPeer slow = node.connects("slow");
        slow.has("ab");
        node.clock.advanceSeconds(30);
        delivers(slow, "a");
        for (String name : List.of("quick", "quicker")) {
            TestPeer quick = node.connects(name);
            String own = name.equals("quick") ? "c" : "d";
            quick.has(own);
            delivers(quick, own);
            quick.has("b");
        }
        assertThat(node.engine().requests().requested().of(Letters.block('b'))).hasSize(2);
    }

    @Test
    void whatTwoPeersDeliverAtOnceIsVerifiedOnceAndAskedAgainIfThatWasNoGood() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        TestPeer bob = node.connects("bob");
        bob.has("a");
        node.clock.advance(DEADLINE);
        node.receives(from(alice), deliver("a"));

        node.receives(from(bob), deliver("a"));
        assertThat(node).verifies("").happened(ClaimsSettled.class,
                claims -> claims.outcome() == ClaimOutcome.SUPERSEDED);
        node.refuses(alice, "a", PROOF_WRONG);

        assertThat(node).sent(to(bob), wantBlock("a"));
    }

    @Test
    void aPeerThatSaysAndDeniesByTurnsDoesNotUseUpAllTriesAtOnce() {
        node.downloads("d", "a");
        TestPeer mallory = node.connects("mallory");
        for (int i = 0; i < 4_000; i++) {
            mallory.has("a");
            mallory.denies("a");
        }
        assertThat(node.allEvents()).noneMatch(FetchFailed.class::isInstance);
        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.retriesLeft() == 2_999);
    }

    private void delivers(TestPeer peer, String letters) {
        node.receives(from(peer), deliver(letters));
        node.stores(peer, letters);
    }

    private ClaimCounts claimsOf(TestPeer peer) {
        return node.reader().peer(peer.id()).orElseThrow().counters().claims();
    }
}
