package dev.peerscope.node;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamRefused;

/** A connection whose other end is the test. */
final class FakeConnection implements Connection {

    final List<FakeStream> opened = new ArrayList<>();
    /** How the next streams are refused, one after the other; empty lets them stand. */
    final Deque<StreamRefused.Kind> refusals = new ArrayDeque<>();
    Optional<CloseReason> closed = Optional.empty();
    /** What happens while it is being closed. */
    Consumer<CloseReason> whenClosed = _ -> {};
    boolean paused;
    boolean nextStreamsArePrompt = true;
    /** The other side does not answer to the negotiation. */
    boolean streamsNeverOpen;
    private final PeerId peer;
    private final long id;
    private final Direction direction;

    FakeConnection(PeerId peer, long id, Direction direction) {
        this.peer = peer;
        this.id = id;
        this.direction = direction;
    }

    static FakeConnection to(PeerId peer) {
        return new FakeConnection(peer, 1, Direction.OUTBOUND);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public PeerId remotePeer() {
        return peer;
    }

    @Override
    public Multiaddr remoteAddress() {
        return Multiaddr.parse("/ip4/192.0.2.1/tcp/8070");
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public Instant connectedAt() {
        return Instant.EPOCH;
    }

    @Override
    public String muxer() {
        return "/mplex/6.7.0";
    }

    @Override
    public String remoteKeyType() {
        return "secp256k1";
    }

    @Override
    public CompletableFuture<Stream> openStream(String protocolId) {
        if (!refusals.isEmpty()) {
            return CompletableFuture.failedFuture(new StreamRefused(refusals.remove(), "by the test"));
        }
        if (streamsNeverOpen) {
            return new CompletableFuture<>();
        }
        var stream = new FakeStream(this, Direction.OUTBOUND, opened.size());
        stream.prompt = nextStreamsArePrompt;
        opened.add(stream);
        return CompletableFuture.completedFuture(stream);
    }

    /** The remote opens a stream. */
    FakeStream remoteOpens() {
        return new FakeStream(this, Direction.INBOUND, 1_000);
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    @Override
    public void tellWaiting(LongConsumer change) {}

    @Override
    public boolean isReadingPaused() {
        return paused;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void close(CloseReason reason) {
        if (closed.isEmpty()) {
            closed = Optional.of(reason);
            whenClosed.accept(reason);
        }
    }
}
