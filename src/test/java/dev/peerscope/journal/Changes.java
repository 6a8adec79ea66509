package dev.peerscope.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.peer.PeerId;

/** Presence changes to fill a journal with: one a second from {@link #START} on. */
final class Changes {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final PeerId ALICE = peer("alice");
    static final PeerId BOB = peer("bob");
    static final Cid TREE = cid(CodexCodec.ROOT, "tree");
    static final Cid OTHER_TREE = cid(CodexCodec.ROOT, "other tree");
    static final Cid SINGLE = cid(CodexCodec.BLOCK, "single");

    private Changes() {}

    /** Second {@code n}: the peer announced leaf {@code n} of {@link #TREE}. */
    static PresenceChanged announced(long n, PeerId peer) {
        return announced(n, peer, new BlockSet.Leaves(TREE, BlockRanges.ofIndex(n)));
    }

    static PresenceChanged announced(long n, PeerId peer, BlockSet blocks) {
        return new PresenceChanged(START.plusSeconds(n), peer, PresenceChange.ADDED, PresenceReason.ANNOUNCED, blocks,
                Optional.of(Price.ZERO), Optional.empty(), PresenceState.UNKNOWN);
    }

    /** This time, by a clock that is not in doubt. */
    static HistoryTime time(Instant now) {
        return new HistoryTime(now, now, ChronoUnit.NANOS.between(START, now), false);
    }

    /** Second {@code n}: we released leaf {@code n} of {@link #TREE}. */
    static PresenceChanged released(long n, PeerId peer) {
        return new PresenceChanged(START.plusSeconds(n), peer, PresenceChange.REMOVED, PresenceReason.RELEASED,
                new BlockSet.Leaves(TREE, BlockRanges.ofIndex(n)), Optional.empty(), Optional.of(Price.ZERO),
                PresenceState.HAVE);
    }

    private static PeerId peer(String name) {
        return PeerId.ofPublicKey(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Cid cid(CodexCodec codec, String data) {
        return Cid.v1(codec, Multihash.sha256(data.getBytes(StandardCharsets.UTF_8)));
    }
}
