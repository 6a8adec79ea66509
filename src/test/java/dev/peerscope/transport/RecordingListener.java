package dev.peerscope.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.PeerId;

/** Keeps what a host tells about its connections. */
public final class RecordingListener implements ConnectionListener {

    public final List<Connection> connected = new CopyOnWriteArrayList<>();
    public final List<CloseReason> disconnected = new CopyOnWriteArrayList<>();
    public final List<RefusedConnection> refused = new CopyOnWriteArrayList<>();
    public final List<LimitName> limits = new CopyOnWriteArrayList<>();
    /** What each peer is good for, if somebody has to make room. */
    public volatile Function<PeerId, PeerStanding> standings = _ -> PeerStanding.SILENT;
    public final List<IdentifyInfo> identified = new CopyOnWriteArrayList<>();

    @Override
    public void connected(Connection connection) {
        connected.add(connection);
    }

    @Override
    public void disconnected(Connection connection, CloseReason reason) {
        disconnected.add(reason);
    }

    @Override
    public void refused(RefusedConnection refusal) {
        refused.add(refusal);
    }

    @Override
    public PeerStanding standing(PeerId peer) {
        return standings.apply(peer);
    }

    @Override
    public void limitMet(LimitName limit) {
        limits.add(limit);
    }

    @Override
    public void identified(Connection connection, IdentifyInfo info) {
        identified.add(info);
    }
}
