package dev.peerscope.transport;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.identity.IdentityKey;

/** A libp2p host: listens, dials, upgrades connections, and dispatches streams to the handlers of their protocols. */
public final class Libp2pHost implements AutoCloseable {

    public Libp2pHost(HostSettings settings, IdentityKey identity, ConnectionListener listener) {}

    /** Takes streams of this protocol; to be called before {@link #start()}. */
    public void handle(String protocolId, StreamAcceptor acceptor) {
        throw new UnsupportedOperationException("follows");
    }

    /** Binds every listen address and returns the real ones, ports filled in. */
    public List<Multiaddr> start() {
        throw new UnsupportedOperationException("follows");
    }

    /** Dials; fails with {@link DialFailed}. */
    public CompletableFuture<Connection> dial(Multiaddr address, Optional<PeerId> expected) {
        throw new UnsupportedOperationException("follows");
    }

    /** Closes the listeners, then the connections, each with {@link CloseReason.Kind#HOST_STOPPED}. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("follows");
    }
}
