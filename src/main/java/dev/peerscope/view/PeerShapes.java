package dev.peerscope.view;

import java.util.Locale;

import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.PeerStatus;
import dev.peerscope.event.ClaimCounts;
import dev.peerscope.message.Account;
import dev.peerscope.node.ConnectedPeer;
import dev.peerscope.node.DepartedPeer;
import dev.peerscope.peer.Direction;

/** Puts together what the directory and the engine know of a peer. */
final class PeerShapes {

    private static final double MILLIS_PER_SECOND = 1_000;

    private PeerShapes() {}

    static PeerView connected(ConnectedPeer peer, PeerStatus status) {
        var counters = status.counters();
        return new PeerView(peer.peer().toString(), peer.address().toString(), text(peer.direction()), "connected",
                peer.agent().orElse(null), peer.protocols(), peer.connectedAt(), null, null, status.haveCount(),
                status.deniedCount(), status.wantCount(), status.requestedCount(), counters.blocksReceived(),
                counters.blocksSent(), counters.bytesReceived(), counters.bytesSent(),
                status.lastExchangeAt().orElse(null),
                new PeerView.Interest(status.interestOurs(), status.interestTheirs()), knowledge(status.knowledge()),
                claims(counters.claims()),
                status.account().map(Account::hex).orElse(null));
    }

    static PeerView departed(DepartedPeer peer) {
        var counters = peer.counters();
        return new PeerView(peer.peer().toString(), peer.address().toString(), text(peer.direction()), "departed",
                peer.agent().orElse(null), peer.protocols(), peer.connectedAt(), peer.departedAt(),
                peer.reason().text(), 0, 0, 0, 0, counters.blocksReceived(), counters.blocksSent(),
                counters.bytesReceived(), counters.bytesSent(), peer.lastExchangeAt().orElse(null),
                new PeerView.Interest(false, false), PeerView.Knowledge.OF_DEPARTED,
                claims(counters.claims()), null);
    }

    private static PeerView.Knowledge knowledge(EngineReader.Knowledge knowledge) {
        return new PeerView.Knowledge(knowledge.lastRefreshAt().orElse(null), knowledge.inProgress(),
                knowledge.backoff().toMillis() / MILLIS_PER_SECOND, knowledge.stale(),
                knowledge.heldBack());
    }

    private static PeerView.Claims claims(ClaimCounts claims) {
        return new PeerView.Claims(claims.delivered(), claims.timeout(), claims.dontHave(), claims.invalid(),
                claims.superseded());
    }

    private static String text(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
