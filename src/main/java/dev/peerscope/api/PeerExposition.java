package dev.peerscope.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import dev.peerscope.view.PeerView;

/** Which peers are shown to Prometheus, and how many are left out: those that are pinned come first, then the busiest. */
final class PeerExposition {

    /** Peers that are shown, at most; each has a series of every {@link PeerMeter}. */
    static final int PEERS_MAX = 200;

    private final Comparator<PeerView> order;

    PeerExposition(PeerMetricsSettings settings) {
        var pinned = Comparator.<PeerView, Boolean>comparing(peer -> settings.isPinned(peer.peerId()));
        this.order = pinned.thenComparing(peer -> peer.bytesReceived() + peer.bytesSent())
                .thenComparing(PeerView::haveCount).reversed().thenComparing(PeerView::peerId);
    }

    MetricSnapshots of(List<PeerView> peers) {
        var shown = peers.stream().sorted(order).limit(PEERS_MAX).toList();
        var all = MetricSnapshots.builder();
        Arrays.stream(PeerMeter.values()).forEach(meter -> all.metricSnapshot(meter.of(shown)));
        int leftOut = peers.size() - shown.size();
        return all.metricSnapshot(GaugeSnapshot.builder().name("peerscope_peers_left_out")
                .help("Connected peers that are not shown here, since there are too many.")
                .dataPoint(GaugeDataPointSnapshot.builder().value(leftOut).build()).build()).build();
    }
}
