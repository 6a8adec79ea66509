package dev.peerscope.engine;

import static dev.peerscope.engine.EngineInput.RejectionReason.PROOF_WRONG;
import static dev.peerscope.engine.EngineInput.RejectionReason.STORE_FULL;
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
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.BlockRetrieved;
import dev.peerscope.event.ExchangeEvent.BlocksReceived;
import dev.peerscope.event.ExchangeEvent.ClaimsSettled;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.WantList;

/** What becomes of blocks that come, of those that were awaited and of those that were not. */
class DeliveryRulesTest {

    private final TestNode node = new TestNode();

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
    void aBlockIsKnownByItsAddressNotItsContent() {
        node.downloads("d", "aM");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.receives(from(alice), deliver("a"));

        node.stores(alice, "a");

        assertThat(node.reader().wants(Optional.empty(), 10)).singleElement()
                .matches(want -> want.address().equals(Letters.block('M')));
    }
}
