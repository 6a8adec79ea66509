package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static dev.peerscope.node.TestPeers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.BlocksDelivered;
import dev.peerscope.event.ExchangeEvent.BlocksReceived;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.ExchangeEvent.PresenceTold;
import dev.peerscope.event.ExchangeEvent.WantListChanged;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.PeerStanding;

/** What a peer is good for, as events tell it. */
class PeerStandingsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));

    private final PeerStandings standings = new PeerStandings();

    @BeforeEach
    void join() {
        happened(new PeerJoined(NOON, ALICE, Direction.INBOUND));
    }

    @Test
    void whoHasShownNothingIsSilent() {
        assertStands(PeerStanding.SILENT);
        assertThat(standings.of(BOB)).as("has not joined").isEqualTo(PeerStanding.SILENT);
    }

    @Test
    void tellingOfBlocksThatWeDoNotWantShowsNothing() {
        happened(new PresenceTold(NOON, ALICE, 0, 0, 1_000, 0));

        assertStands(PeerStanding.SILENT);
    }

    @Test
    void answeringWhatWeAskAskingForBlocksOrGettingSomeIsTakingPart() {
        for (ExchangeEvent event : List.of(new PresenceTold(NOON, ALICE, 1, 0, 0, 0),
                new WantListChanged(NOON, ALICE, WantListChange.ADDED, WantListReason.ASKED,
                        List.of(new BlockAddress.Leaf(TREE, 1))),
                new BlocksDelivered(NOON, ALICE, 1, 1_024))) {
            happened(new PeerJoined(NOON, ALICE, Direction.INBOUND));
            happened(event);

            assertStands(PeerStanding.TAKING_PART);
        }
    }

    @Test
    void aHolderIsOneAsLongAsAHaveStands() {
        happened(new PresenceTold(NOON, ALICE, 10, 0, 0, 0));
        happened(changed(PresenceChange.ADDED, PresenceState.UNKNOWN, 0, 9));
        happened(changed(PresenceChange.REPRICED, PresenceState.HAVE, 0, 9));
        happened(changed(PresenceChange.REMOVED, PresenceState.HAVE, 0, 4));
        assertStands(PeerStanding.HOLDING);

        happened(changed(PresenceChange.DENIED, PresenceState.HAVE, 5, 9));
        assertStands(PeerStanding.TAKING_PART);

        happened(changed(PresenceChange.UNDENIED, PresenceState.DONT_HAVE, 5, 9));
        happened(changed(PresenceChange.ADDED, PresenceState.UNKNOWN, 7, 7));
        assertStands(PeerStanding.HOLDING);
    }

    @Test
    void whoHasDeliveredAValidBlockHasForTheWholeSession() {
        happened(new BlocksReceived(NOON, ALICE, BlockOutcome.INVALID, 1, 1_024));
        happened(new BlocksReceived(NOON, ALICE, BlockOutcome.UNREQUESTED, 1, 1_024));
        assertStands(PeerStanding.SILENT);

        happened(new BlocksReceived(NOON, ALICE, BlockOutcome.OK, 1, 1_024));
        assertStands(PeerStanding.DELIVERED);

        happened(new PeerLeft(NOON, ALICE, Direction.INBOUND, DepartureReason.PEER_CLOSED, NOON, Optional.empty(),
                PeerCounters.NONE));
        assertStands(PeerStanding.SILENT);
    }

    private void happened(ExchangeEvent event) {
        standings.accept(event);
    }

    private void assertStands(PeerStanding expected) {
        assertThat(standings.of(ALICE)).isEqualTo(expected);
    }

    private static PresenceChanged changed(PresenceChange change, PresenceState before, long from, long to) {
        var price = Optional.of(Price.ZERO);
        return new PresenceChanged(NOON, ALICE, change, PresenceReason.ANNOUNCED,
                new BlockSet.Leaves(TREE, BlockRanges.of(from, to)), price, price, before);
    }
}
