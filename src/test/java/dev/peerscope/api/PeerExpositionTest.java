package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import org.junit.jupiter.api.Test;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.PeerView;

/** Which peers Prometheus is shown when there are many. */
class PeerExpositionTest {

    private static final String PINNED = "16Uiu2HAmVCYdPGJDbe8PER9nu4s4NE5P4GBBDzAFuQKhaS4yHRjg";

    private final PeerExposition exposition = new PeerExposition(
            new PeerMetricsSettings(List.of(PeerId.parse(PINNED))));

    @Test
    void thePinnedAndThenTheBusiestAreShownAndTheOthersCounted() {
        var peers = new ArrayList<PeerView>();
        for (int i = 0; i < PeerExposition.PEERS_MAX + 2; i++) {
            peers.add(peer("peer " + i, i, 1));
        }
        peers.add(peer(PINNED, 0, 0));

        assertThat(shown(peers)).hasSize(PeerExposition.PEERS_MAX).contains(PINNED, "peer 3", "peer 201")
                .doesNotContain("peer 0", "peer 1", "peer 2");
        assertThat(leftOut(peers)).isEqualTo(3);
    }

    @Test
    void amongPeersThatMovedTheSameTheOneWithMoreBlocksComesFirst() {
        var peers = new ArrayList<PeerView>();
        for (int i = 0; i < PeerExposition.PEERS_MAX + 1; i++) {
            peers.add(peer("peer " + i, 7, i));
        }
        assertThat(shown(peers)).contains("peer 200").doesNotContain("peer 0");
    }

    @Test
    void whereAllAreShownNobodyIsLeftOut() {
        assertThat(leftOut(List.of(peer("alone", 0, 0)))).isZero();
        assertThat(shown(List.of())).isEmpty();
    }

    private List<String> shown(List<PeerView> peers) {
        return gauge(peers, "peerscope_peer_have_blocks").getDataPoints().stream()
                .map(point -> point.getLabels().get("peer")).toList();
    }

    private double leftOut(List<PeerView> peers) {
        return gauge(peers, "peerscope_peers_left_out").getDataPoints().getFirst().getValue();
    }

    private GaugeSnapshot gauge(List<PeerView> peers, String name) {
        return exposition.of(peers).stream().filter(snapshot -> snapshot.getMetadata().getName().equals(name))
                .map(GaugeSnapshot.class::cast).findFirst().orElseThrow();
    }

    private static PeerView peer(String id, long bytes, long haves) {
        return new PeerView(id, "/ip4/192.0.2.1/tcp/8070", "inbound", "connected", null, List.of(), Instant.EPOCH, null,
                null, haves, 0, 0, 0, 0, 0, bytes, 0, null, new PeerView.Interest(false, false),
                new PeerView.Knowledge(null, false, 0, false, false),
                new PeerView.Claims(0, 0, 0, 0, 0), null);
    }
}
