package dev.peerscope.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.peerscope.benchmark.PresenceMessages;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/**
 * An engine that watches one tree, and peers of it that say whatever a benchmark makes them say. The peers do not read, so the
 * engine asks them nothing: what is measured is what comes in.
 */
final class MeasuredSwarm {

    static final Cid TREE = PresenceMessages.tree(1);
    static final String WATCH = "watch";

    private static final Duration TICK = Duration.ofMillis(1);
    /** A peer id begins so when it is an identity multihash of 36 bytes. */
    private static final byte[] ID_HEAD = {0, 36};

    private final ExchangeEngine engine = new ExchangeEngine(EngineSettings.DEFAULT, EngineLimits.DEFAULT,
            new SplittableRandom(1));
    private final List<PeerId> peers = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Watches this many leaves of {@link #TREE}. */
    MeasuredSwarm(long wanted) {
        this(List.of(new BlockSet.Leaves(TREE, BlockRanges.of(0, wanted - 1))));
    }

    MeasuredSwarm(List<BlockSet> wanted) {
        handle(new EngineInput.BlocksWanted(new WantHolder(WATCH, WantMode.WATCH), wanted));
    }

    /** One more peer joins; returns its number. */
    int join() {
        peers.add(idOf(peers.size()));
        rejoin(peers.size() - 1);
        return peers.size() - 1;
    }

    /** Ids in no order, as those of real peers are. */
    private static PeerId idOf(int number) {
        var id = ByteBuffer.allocate(ID_HEAD.length + ID_HEAD[1]).put(ID_HEAD);
        var random = new SplittableRandom(number);
        while (id.hasRemaining()) {
            id.putInt(random.nextInt());
        }
        return PeerId.decode(id.array());
    }

    /** A peer that left joins again. */
    void rejoin(int peer) {
        handle(new EngineInput.PeerConnected(peers.get(peer), peer, Direction.INBOUND));
        handle(new EngineInput.PeerStalled(peers.get(peer), peer));
    }

    List<EngineOutput> leave(int peer) {
        return handle(new EngineInput.PeerDisconnected(peers.get(peer), peer, DepartureReason.CONNECTION_LOST));
    }

    /** The peer sends this. */
    List<EngineOutput> tell(int peer, ExchangeMessage message) {
        return handle(new EngineInput.MessageReceived(peers.get(peer), peer, message));
    }

    List<EngineOutput> handle(EngineInput input) {
        now = now.plus(TICK);
        return engine.handle(input, now);
    }

    PeerId peer(int number) {
        return peers.get(number);
    }

    EngineReader reader() {
        return engine.reader();
    }
}
