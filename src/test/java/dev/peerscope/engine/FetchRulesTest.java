package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.cancel;
import static dev.peerscope.engine.Sentence.deliver;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.ExchangeEvent.ClaimsSettled;
import dev.peerscope.event.ExchangeEvent.FetchFailed;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;

/** What a download asks for, when, and when it gives up. */
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

    private static TestNode nodeWith(int requestsPerPeer, int retries, boolean preferCheap) {
        return new TestNode(new EngineSettings(Duration.ofSeconds(10), 10_000, Duration.ofSeconds(10),
                Duration.ofSeconds(60), requestsPerPeer, retries, preferCheap), EngineLimits.DEFAULT);
    }
}
