package dev.peerscope.engine;

import static dev.peerscope.engine.EngineInput.RejectionReason.DATA_MISMATCH;
import static dev.peerscope.engine.EngineInput.RejectionReason.PROOF_MISSING;
import static dev.peerscope.engine.EngineInput.RejectionReason.STORE_FULL;
import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.deliver;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.ClaimCounts;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.limit.LimitName;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.WantList;

/** What it costs a peer to deliver something else than the block that it said it has. */
class ProvenWrongTest {

    private final TestNode node = new TestNode(EngineSettings.DEFAULT,
            Limits.with(limits -> limits.provenWrong = 3));

    @Test
    void whatAPeerProvedWrongIsNotShownAsHadUntilItSaysSoAnew() {
        node.downloads("d", "ab");
        TestPeer mallory = node.connects("mallory");
        mallory.has("ab");
        node.receives(from(mallory), deliver("a"));

        node.refuses(mallory, "a", DATA_MISMATCH);
        assertThat(node).changed(mallory, PresenceChange.REMOVED, PresenceReason.PROVEN_WRONG, "a");
        assertThat(stateOfA(mallory)).isEqualTo(PresenceState.UNKNOWN);
        mallory.has("a");

        assertThat(stateOfA(mallory)).isEqualTo(PresenceState.HAVE);
        assertThat(node).sentNothing(to(mallory));
    }

    @Test
    void aDeliveryThatTheDecoderRefusedProvesThePeerWrongAndTheBlockIsAskedElsewhere() {
        node.downloads("d", "a");
        TestPeer mallory = node.connects("mallory");
        mallory.has("a");
        TestPeer alice = node.connects("alice");
        alice.has("a");

        node.receives(mallory, unreadable(1));

        assertThat(node).changed(mallory, PresenceChange.REMOVED, PresenceReason.PROVEN_WRONG, "a");
        assertThat(node).sent(to(alice), wantBlock("a"));
        assertThat(claimsOf(mallory)).isEqualTo(new ClaimCounts(0, 0, 0, 1, 0));
    }

    @Test
    void aPeerThatProvedWrongAsOftenAsTheLimitSaysIsDroppedWithTheNumber() {
        node.downloads("d", "abc");
        TestPeer mallory = node.connects("mallory");
        mallory.has("abc");
        TestPeer alice = node.connects("alice");
        alice.has("abc");
        node.receives(from(mallory), deliver("ab"));
        node.refuses(mallory, "ab", PROOF_MISSING);
        assertThat(node.limits().use(LimitName.PROVEN_WRONG).used()).isEqualTo(2);
        node.receives(from(mallory), deliver("c"));

        node.refuses(mallory, "c", PROOF_MISSING);

        assertThat(node).disconnected(mallory, DepartureReason.PROTOCOL_VIOLATION);
        assertThat(node.latest()).filteredOn(EngineOutput.Disconnect.class::isInstance).first()
                .extracting(output -> ((EngineOutput.Disconnect) output).detail()).asString().startsWith("3 ");
        assertThat(node).happened(LimitMet.class, met -> met.limit() == LimitName.PROVEN_WRONG
                && met.peer().equals(Optional.of(mallory.id())));
        assertThat(node).sent(to(alice), wantBlock("c"));
    }

    @Test
    void aFloodOfUnreadableDeliveriesThatNobodyAskedForEndsTheSameWay() {
        TestPeer mallory = node.connects("mallory");

        node.receives(mallory, unreadable(3));

        assertThat(node).disconnected(mallory, DepartureReason.PROTOCOL_VIOLATION);
    }

    @Test
    void aLieIsCountedThoughAnotherPeerDeliveredFirst() {
        node.downloads("d", "a");
        TestPeer mallory = node.connects("mallory");
        mallory.has("a");
        node.receives(from(mallory), deliver("a"));
        node.holds("a");

        node.refuses(mallory, "a", DATA_MISMATCH);

        assertThat(claimsOf(mallory)).isEqualTo(new ClaimCounts(0, 0, 0, 0, 1));
        assertThat(node.limits().use(LimitName.PROVEN_WRONG).used()).isEqualTo(1);
    }

    @Test
    void aBlockForWhichThereIsNoRoomProvesNothing() {
        node.downloads("d", "abc");
        TestPeer alice = node.connects("alice");
        alice.has("abc");
        node.receives(from(alice), deliver("abc"));

        node.refuses(alice, "abc", STORE_FULL);

        assertThat(node).changedNoPresence();
        assertThat(node.limits().use(LimitName.PROVEN_WRONG).used()).isZero();
    }

    @Test
    void aDepartedPeerTakesItsClaimsAlong() {
        node.downloads("d", "abcd");
        TestPeer alice = node.connects("alice");
        alice.has("abcd");
        node.receives(from(alice), deliver("ab"));
        node.stores(alice, "a");
        node.refuses(alice, "b", DATA_MISMATCH);
        alice.denies("c");

        node.disconnects(alice, DepartureReason.PEER_CLOSED);

        assertThat(node).happened(PeerLeft.class,
                left -> left.counters().claims().equals(new ClaimCounts(1, 1, 1, 1, 0)));
    }

    /** Broken proofs of block a. */
    private static ExchangeMessage unreadable(int deliveries) {
        return new ExchangeMessage(WantList.EMPTY, List.of(), List.of(), 0, Optional.empty(), Optional.empty(),
                Collections.nCopies(deliveries, new RejectedRecord(RejectedRecord.Part.DELIVERY,
                        RejectedRecord.Reason.PROOF_INVALID, Optional.of(Letters.block('a')))));
    }

    private PresenceState stateOfA(TestPeer peer) {
        return node.reader().presence(peer.id(), Letters.block('a')).state();
    }

    private ClaimCounts claimsOf(TestPeer peer) {
        return node.reader().peer(peer.id()).orElseThrow().counters().claims();
    }
}
