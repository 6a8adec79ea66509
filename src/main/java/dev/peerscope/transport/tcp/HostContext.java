package dev.peerscope.transport.tcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.peerscope.transport.ConnectionListener;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.StreamAcceptor;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.mux.MuxerFactory;

/**
 * What all connections of one host share.
 *
 * @param muxers
 *            by protocol id, the preferred one first
 * @param acceptors
 *            by protocol id
 * @param pinger
 *            asks a silent remote for a sign of life
 * @param connections
 *            those that stand; changed by their event loops
 */
record HostContext(HostSettings settings, IdentityKey identity, ConnectionListener listener,
        LinkedHashMap<String, MuxerFactory> muxers, Map<String, StreamAcceptor> acceptors, Pinger pinger,
        ConnectionTable table, InboundHandshakes handshakes, AtomicLong connectionIds,
        Set<NettyConnection> connections) {

    HostContext {
        acceptors = Map.copyOf(acceptors);
    }

    /** The muxer that was agreed on. */
    MuxerFactory muxer(String protocol) {
        return Objects.requireNonNull(muxers.get(protocol), "only what was offered can be agreed on");
    }
}
