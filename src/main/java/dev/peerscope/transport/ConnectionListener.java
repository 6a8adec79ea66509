package dev.peerscope.transport;

import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.PeerId;

/**
 * Told about connections, on their event loops: calls about one connection come in order and one at a time, calls about
 * different connections at once. It must not block.
 */
public interface ConnectionListener {

    /** A connection is secured and multiplexed; identify has not run yet. Streams may be opened from here on. */
    void connected(Connection connection);

    /** Exactly once after {@link #connected}, when no stream of it reports anything any more. */
    void disconnected(Connection connection, CloseReason reason);

    /** A connection, dialled or accepted, ended before {@link #connected}. */
    void refused(RefusedConnection refused);

    /** What the remote says about itself: after {@link #connected}, and again whenever it pushes a change. */
    void identified(Connection connection, IdentifyInfo info);

    /**
     * What a peer is good for, asked when somebody has to make room. Asked of any thread; it must wait for nothing. By default all are
     * alike.
     */
    default PeerStanding standing(PeerId peer) {
        return PeerStanding.SILENT;
    }

    /** A bound was met; what it costs is told as the end of the connection or the refusal that it is, if it is one. */
    void limitMet(LimitName limit);
}
