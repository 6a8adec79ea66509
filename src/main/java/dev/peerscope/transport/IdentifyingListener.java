package dev.peerscope.transport;

import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.identity.IdentifyProtocol;

/** Passes everything on, and asks the remote of each new connection who it is. */
final class IdentifyingListener implements ConnectionListener {

    private final ConnectionListener listener;
    private final IdentifyProtocol identify;

    IdentifyingListener(ConnectionListener listener, IdentifyProtocol identify) {
        this.listener = listener;
        this.identify = identify;
    }

    @Override
    public void connected(Connection connection) {
        listener.connected(connection);
        identify.ask(connection);
    }

    @Override
    public void disconnected(Connection connection, CloseReason reason) {
        identify.forget(connection);
        listener.disconnected(connection, reason);
    }

    @Override
    public void refused(RefusedConnection refused) {
        listener.refused(refused);
    }

    @Override
    public void identified(Connection connection, IdentifyInfo info) {
        listener.identified(connection, info);
    }

    @Override
    public PeerStanding standing(PeerId peer) {
        return listener.standing(peer);
    }

    @Override
    public void limitMet(LimitName limit) {
        listener.limitMet(limit);
    }
}
