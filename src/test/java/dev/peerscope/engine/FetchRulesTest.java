package dev.peerscope.engine;

import static dev.peerscope.engine.EngineInput.RejectionReason.PROOF_WRONG;
import static dev.peerscope.engine.EngineInput.RejectionReason.STORE_FULL;
import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.cancel;
import static dev.peerscope.engine.Sentence.deliver;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.BlockRetrieved;
import dev.peerscope.event.ExchangeEvent.BlocksReceived;
import dev.peerscope.event.ExchangeEvent.ClaimsSettled;
import dev.peerscope.event.ExchangeEvent.FetchFailed;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.WantList;

class FetchRulesTest {

    private static final EngineSettings DEFAULT = EngineSettings.DEFAULT;

    private final TestNode node = new TestNode();

    @Test
    void aWatchedBlockIsNeverAskedForItself() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");

        alice.has("ab");

        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void whatADownloadWantsIsRequestedOfThePeerThatHasIt() {
        node.downloads("d", "abM");
        TestPeer alice = node.connects("alice");
        assertThat(node).sent(to(alice), wantHave("abM"));

        alice.has("aM");

        assertThat(node).sent(to(alice), wantBlock("aM"));
        assertThat(node.reader().wants(Optional.empty(), 10)).first()
                .matches(want -> want.requestedFrom().equals(Optional.of(alice.id())));
    }

    @Test
    void aBlockIsRequestedOfOnePeerAtATime() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");

        bob.has("a");

        assertThat(node).sentNothing(to(bob));
    }

    @Test
    void aDownloadOfWatchedBlocksUsesThePresenceAlreadyKnown() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");

        node.downloads("d", "b");

        assertThat(node).sent(to(alice), wantBlock("b"));
    }

    @Test
    void whatIsHeldAlreadyIsNoWantOfADownload() {
        node.holds("a");

        node.downloads("d", "ab");

        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.address().equals(Letters.block('b')) && want.mode() == WantMode.FETCH);
    }

    @Test
    void aBlockRequestedOfAPeerIsNotAskedAboutThere() {
        // A real node gives no answer to a want-have for a block that stands in the asker's want-list.
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        node.clock.advance(DEFAULT.refreshShortestInterval());

        assertThat(node).sent(to(alice), wantHave("b"));
    }

    @Test
    void presenceOutlivesTheAskThatIsFollowedByARequest() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        node.clock.advance(DEFAULT.refreshAnswerTimeout().plusSeconds(15));

        assertThat(node.reader().presence(alice.id(), Letters.block('a')).confirmedAt()).isPresent();
    }

    @Test
    void requestsOpenWithOnePeerAreBoundedAndToppedUpWhenItDelivers() {
        var node = nodeWith(3, 3_000, false);
        node.downloads("d", "abcde");
        TestPeer alice = node.connects("alice");

        alice.has("abcde");
        assertThat(node).sent(to(alice), wantBlock("abc"));
        node.receives(from(alice), deliver("a"));
        assertThat(node).verifies("a");
        node.stores(alice, "a");

        assertThat(node).sent(to(alice), wantBlock("d"));
    }

    @Test
    void aDeliveredBlockEndsTheWantOfTheDownload() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        node.clock.advanceSeconds(2);

        node.receives(from(alice), deliver("a"));
        node.stores(alice, "a");

        assertThat(node).changed(alice, PresenceChange.REMOVED, PresenceReason.DELIVERED, "a");
        assertThat(node).happened(BlocksReceived.class, got -> got.outcome() == BlockOutcome.OK && got.bytes() == 10);
        assertThat(node).happened(BlockRetrieved.class, got -> got.took().equals(Duration.ofSeconds(2)));
        assertThat(node).happened(ClaimsSettled.class, claims -> claims.outcome() == ClaimOutcome.DELIVERED);
        assertThat(node.reader().wants(Optional.empty(), 10)).hasSize(1);
        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void aBlockThatAWatchHoldsTooGoesBackToWatchAndItsPresenceStays() {
        node.watches("w", "a");
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.receives(from(alice), deliver("a"));

        node.stores(alice, "a");

        assertThat(node).changedNoPresence();
        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.mode() == WantMode.WATCH);
    }

    @Test
    void thePresenceOfADeliveredBlockLeavesAllContexts() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");
        bob.has("a");
        node.receives(from(alice), deliver("a"));

        node.stores(alice, "a");

        assertThat(node).changed(bob, PresenceChange.REMOVED, PresenceReason.DELIVERED, "a");
    }

    @Test
    void aCancelReachesOnlyPeersThatWereAsked() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");
        bob.has("a");

        node.holds("a");

        assertThat(node).sent(to(alice), cancel("a"));
        assertThat(node).sentNothing(to(bob));
    }

    @Test
    void theDelivererGetsNoCancel() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.receives(from(alice), deliver("a"));

        node.stores(alice, "a");

        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void aBlockThatArrivesIsServedToWhoWantsIt() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        bob.wants("a");
        alice.has("a");
        node.receives(from(alice), deliver("a"));

        node.stores(alice, "a");

        assertThat(node).sentBlocks(to(bob), "a");
    }

    @Test
    void whatWasNotRequestedFromThisPeerIsNeverVerified() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer mallory = node.connects("mallory");
        alice.has("a");

        node.receives(from(mallory), deliver("ab"));

        assertThat(node).verifies("");
        assertThat(node).happened(BlocksReceived.class,
                got -> got.outcome() == BlockOutcome.UNREQUESTED && got.blocks() == 2 && got.bytes() == 20);
    }

    @Test
    void aBlockThatComesTwiceIsADuplicate() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        node.receives(from(alice), deliver("aa"));
        assertThat(node).verifies("a");
        assertThat(node).happened(BlocksReceived.class, got -> got.outcome() == BlockOutcome.DUPLICATE);
        node.stores(alice, "a");
        node.receives(from(alice), deliver("a"));

        assertThat(node).happened(BlocksReceived.class, got -> got.outcome() == BlockOutcome.DUPLICATE);
    }

    @Test
    void aDeliveryThatTheDecoderRefusedIsInvalid() {
        TestPeer alice = node.connects("alice");

        node.receives(alice, new ExchangeMessage(WantList.EMPTY, List.of(), List.of(), 0,
                Optional.empty(), Optional.empty(), List.of(new RejectedRecord(
                        RejectedRecord.Part.DELIVERY, RejectedRecord.Reason.PROOF_INVALID))));

        assertThat(node).happened(BlocksReceived.class, got -> got.outcome() == BlockOutcome.INVALID);
    }

    @Test
    void aRefusedBlockIsAskedElsewhereAndNotOfTheSamePeerAgain() {
        node.downloads("d", "a");
        TestPeer mallory = node.connects("mallory");
        mallory.has("a");
        node.receives(from(mallory), deliver("a"));

        node.refuses(mallory, "a", PROOF_WRONG);
        assertThat(node).sentNothing(to(mallory));
        assertThat(node).happened(BlocksReceived.class, got -> got.outcome() == BlockOutcome.INVALID);
        assertThat(node).happened(ClaimsSettled.class, claims -> claims.outcome() == ClaimOutcome.INVALID);
        TestPeer alice = node.connects("alice");
        alice.has("a");

        assertThat(node).sent(to(alice), wantBlock("a"));
    }

    @Test
    void whenThereIsNoRoomNobodyIsAskedAgainBeforeTheNextRound() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.receives(from(alice), deliver("a"));

        node.refuses(alice, "a", STORE_FULL);
        assertThat(node).sentNothing(to(alice));
        node.clock.advance(Search.ROUND);
        node.clock.advance(Search.ROUND);

        assertThat(node.allMessagesTo(alice)).filteredOn(message -> Sentence.of(List.of(message))
                .equals(List.of(wantBlock("a")))).hasSize(2);
    }

    @Test
    void aDenialOfARequestedBlockWithdrawsTheRequestAndAsksElsewhere() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");
        bob.has("a");

        alice.denies("a");

        assertThat(node).sent(to(alice), cancel("a"));
        assertThat(node).sent(to(bob), wantBlock("a"));
        assertThat(node).happened(ClaimsSettled.class, claims -> claims.outcome() == ClaimOutcome.DONT_HAVE);
    }

    @Test
    void aPeerThatDeliversNothingInTimeIsDroppedAndOthersAreAskedAtOnce() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("ab");
        bob.has("ab");
        keepAnswering(bob, "ab", DEFAULT.requestTimeout());

        assertThat(node).disconnected(alice, DepartureReason.PEER_TIMEOUT);
        assertThat(node).sent(to(bob), wantBlock("ab"));
        assertThat(node).happened(ClaimsSettled.class,
                claims -> claims.outcome() == ClaimOutcome.TIMEOUT && claims.blocks() == 2);
        node.disconnects(alice, DepartureReason.PEER_TIMEOUT);
        assertThat(node.reader().peers()).hasSize(1);
    }

    @Test
    void onlyValidDeliveriesCountAsActivity() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        node.clock.advanceSeconds(50);

        node.receives(from(alice), deliver("c"));
        node.receives(from(alice), deliver("a"));
        node.refuses(alice, "a", PROOF_WRONG);
        node.clock.advanceSeconds(10);

        assertThat(node).disconnected(alice, DepartureReason.PEER_TIMEOUT);
    }

    @Test
    void aPeerThatDeliversKeepsItsOtherRequests() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        node.clock.advanceSeconds(50);
        node.receives(from(alice), deliver("a"));
        node.stores(alice, "a");

        node.clock.advanceSeconds(59);
        assertThat(node.latest()).noneMatch(EngineOutput.Disconnect.class::isInstance);
        node.clock.advanceSeconds(1);

        assertThat(node).disconnected(alice, DepartureReason.PEER_TIMEOUT);
    }

    @Test
    void aPeerIsNotToBlameForTheTimeThatVerificationTakes() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.receives(from(alice), deliver("a"));

        node.clock.advanceSeconds(120);

        assertThat(node.allOutputs()).noneMatch(EngineOutput.Disconnect.class::isInstance);
    }

    @Test
    void aReleasedDownloadWithdrawsItsRequests() {
        node.watches("w", "a");
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");

        node.releases("d");

        assertThat(node).sent(to(alice), cancel("ab"));
        assertThat(node).changed(alice, PresenceChange.REMOVED, PresenceReason.RELEASED, "b");
        assertThat(node).happened(ClaimsSettled.class,
                claims -> claims.outcome() == ClaimOutcome.SUPERSEDED && claims.blocks() == 2);
    }

    @Test
    void whatHasBeenSentAndIsBeingVerifiedIsNotCancelled() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        node.receives(from(alice), deliver("a"));

        node.releases("d");

        assertThat(node).sent(to(alice), cancel("b"));
    }

    @Test
    void aBlockThatTwoDownloadsWantIsFetchedUntilBothLetGo() {
        node.downloads("d", "a");
        node.downloads("e", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        node.releases("d");
        assertThat(node).sentNothing(to(alice));
        node.releases("e");

        assertThat(node).sent(to(alice), cancel("a"));
    }

    @Test
    void aBlockThatNobodyHasIsGivenUpAfterItsLastTry() {
        var node = nodeWith(512, 5, false);
        node.watches("w", "a");
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        node.clock.advance(Search.ROUND.multipliedBy(4));
        assertThat(node.reader().wants(Optional.empty(), 10)).extracting(EngineReader.OwnWant::retriesLeft)
                .containsExactly(1, 1);

        node.clock.advance(Search.ROUND);

        assertThat(node).happened(FetchFailed.class,
                failed -> failed.holder().equals("d") && failed.blocks().equals(Letters.sets("ab").getFirst()));
        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.mode() == WantMode.WATCH && want.address().equals(Letters.block('a')));
        assertThat(node).didNotHappen(ClaimsSettled.class);
        assertThat(node.allMessagesTo(alice)).noneMatch(NodeAssert::hasWantBlock);
    }

    @Test
    void whileSomebodyHasABlockItsTriesStay() {
        node.downloads("d", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        node.clock.advance(Search.ROUND.multipliedBy(3));

        assertThat(node.reader().wants(Optional.empty(), 10)).extracting(EngineReader.OwnWant::retriesLeft)
                .containsExactly(3_000, 2_997);
    }

    @Test
    void aFailedRequestTakesATry() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        alice.denies("a");

        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.retriesLeft() == 2_999);
    }

    @Test
    void requestsSpreadOverPeersThatAreEquallyGood() {
        node.watches("w", "abcdef");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("abcdef");
        bob.has("abcdef");

        node.downloads("d", "abcdef");

        assertThat(node.reader().peer(alice.id()).orElseThrow().requestedCount()).isEqualTo(3);
        assertThat(node.reader().peer(bob.id()).orElseThrow().requestedCount()).isEqualTo(3);
    }

    @Test
    void aPeerThatAnswersQuicklyIsPreferred() {
        node.watches("w", "abc");
        TestPeer slow = node.connects("slow");
        TestPeer quick = node.connects("quick");
        slow.has("ac");
        quick.has("bc");
        node.downloads("d", "ab");
        node.receives(from(quick), deliver("b"));
        node.stores(quick, "b");
        node.clock.advanceSeconds(2);
        node.receives(from(slow), deliver("a"));
        node.stores(slow, "a");

        node.downloads("e", "c");

        assertThat(node).sent(to(quick), wantBlock("c"));
    }

    @Test
    void theCheapestIsPreferredWhereSoConfigured() {
        var node = nodeWith(512, 3_000, true);
        node.watches("w", "ab");
        TestPeer dear = node.connects("dear");
        TestPeer cheap = node.connects("cheap");
        dear.has("ab", 9);
        cheap.has("ab", 2);

        node.downloads("d", "ab");

        assertThat(node).sent(to(cheap), wantBlock("ab"));
    }

    @Test
    void aBlockIsKnownByItsAddressNotItsContent() {
        node.downloads("d", "aM");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.receives(from(alice), deliver("a"));

        node.stores(alice, "a");

        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.address().equals(Letters.block('M')));
    }

    @Test
    void aWholeDatasetIsFetchedFromTheFirstBlockToTheLast() {
        var tree = Trees.leaves("big", 0, 2_999);
        node.wants("d", WantMode.FETCH, tree);
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(1);
        node.receives(alice, Trees.have("big", "0-2999"));

        int delivered = Deliveries.all(node, alice);

        assertThat(delivered).isEqualTo(3_000);
        assertThat(node.reader().holder("d").orElseThrow().remaining()).isZero();
        assertThat(node.reader().counts().blocksHeld()).isEqualTo(3_000);
    }

    private void keepAnswering(TestPeer peer, String letters, Duration until) {
        for (Duration past = Duration.ZERO; past.compareTo(until) < 0; past = past.plusSeconds(5)) {
            peer.has(letters);
            node.clock.advanceSeconds(5);
        }
    }

    private static TestNode nodeWith(int requestsPerPeer, int retries, boolean preferCheap) {
        return new TestNode(new EngineSettings(Duration.ofSeconds(10), 10_000, Duration.ofSeconds(10),
                Duration.ofSeconds(60), requestsPerPeer, retries, preferCheap), EngineLimits.DEFAULT);
    }
}
