package dev.peerscope.transport.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamRefused;

/** A connection whose streams a test opens by hand. */
final class FakeConnection implements Connection {

    static final Multiaddr REMOTE_ADDRESS = Multiaddr.parse("/ip4/192.0.2.7/tcp/4001");

    final List<String> asked = new ArrayList<>();
    final List<CompletableFuture<Stream>> openings = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    private final PeerId remote;

    FakeConnection(PeerId remote) {
        this.remote = remote;
    }

    /** The remote agrees to the last stream that was asked for. */
    FakeStream agree() {
        var stream = new FakeStream(this, asked.getLast(), Direction.OUTBOUND);
        openings.getLast().complete(stream);
        return stream;
    }

    void refuse() {
        openings.getLast().completeExceptionally(new StreamRefused(StreamRefused.Kind.NOT_SPOKEN, "na"));
    }

    FakeStream opened(String protocol) {
        return new FakeStream(this, protocol, Direction.INBOUND);
    }

    @Override
    public CompletableFuture<Stream> openStream(String protocolId) {
        asked.add(protocolId);
        openings.add(new CompletableFuture<>());
        return openings.getLast();
    }

    @Override
    public void close(CloseReason reason) {
        closed.add(reason);
    }

    @Override
    public PeerId remotePeer() {
        return remote;
    }

    @Override
    public Multiaddr remoteAddress() {
        return REMOTE_ADDRESS;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public Direction direction() {
        return Direction.OUTBOUND;
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
    public void pauseReading() {
        throw new AssertionError("small protocols read what comes");
    }

    @Override
    public void resumeReading() {
        throw new AssertionError("small protocols read what comes");
    }

    @Override
    public void tellWaiting(LongConsumer change) {}

    @Override
    public boolean isReadingPaused() {
        return false;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
