package dev.peerscope.api;

import java.util.List;
import java.util.function.ToLongFunction;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import dev.peerscope.view.PeerView;

/** A number of each peer, as Prometheus reads it; counters begin anew when a peer comes back. */
enum PeerMeter {
    HAVE("peerscope_peer_have_blocks", false, "Blocks in its have-set.", PeerView::haveCount),
    DENIED("peerscope_peer_denied_blocks", false, "Blocks that it said it does not have.", PeerView::deniedCount),
    WANTED("peerscope_peer_want_blocks", false, "Blocks in its want-list.", PeerView::wantCount),
    REQUESTED("peerscope_peer_requested_blocks", false, "Blocks asked of it and awaited.", PeerView::requestedCount),
    BLOCKS_RECEIVED("peerscope_peer_blocks_received", true, "Valid blocks that it delivered.",
            PeerView::blocksReceived),
    BLOCKS_SENT("peerscope_peer_blocks_sent", true, "Blocks sent to it.", PeerView::blocksSent),
    BYTES_RECEIVED("peerscope_peer_block_bytes_received", true, "Data of the blocks that it delivered, in bytes.",
            PeerView::bytesReceived),
    BYTES_SENT("peerscope_peer_block_bytes_sent", true, "Data of the blocks sent to it, in bytes.",
            PeerView::bytesSent),
    CLAIMS_DELIVERED("peerscope_peer_claims_delivered", true,
            "Blocks that it said it has, was asked for and delivered.",
            peer -> peer.claims().delivered()),
    CLAIMS_TIMEOUT("peerscope_peer_claims_timeout", true,
            "Blocks that it said it has, was asked for and did not deliver in time.", peer -> peer.claims().timeout()),
    CLAIMS_DONT_HAVE("peerscope_peer_claims_dont_have", true,
            "Blocks that it said it has, was asked for and then said it does not have.",
            peer -> peer.claims().dontHave()),
    CLAIMS_INVALID("peerscope_peer_claims_invalid", true,
            "Blocks that it said it has, was asked for and for which it delivered something else.",
            peer -> peer.claims().invalid()),
    CLAIMS_SUPERSEDED("peerscope_peer_claims_superseded", true,
            "Blocks that it said it has and was asked for until another peer delivered them or nobody wanted them.",
            peer -> peer.claims().superseded());

    private final String text;
    private final boolean counter;
    private final String sentence;
    private final ToLongFunction<PeerView> value;

    PeerMeter(String text, boolean counter, String sentence, ToLongFunction<PeerView> value) {
        this.text = text;
        this.counter = counter;
        this.sentence = sentence;
        this.value = value;
    }

    /** One series for each of these peers. */
    MetricSnapshot of(List<PeerView> peers) {
        return counter ? counters(peers) : gauges(peers);
    }

    private MetricSnapshot counters(List<PeerView> peers) {
        var snapshot = CounterSnapshot.builder().name(text).help(sentence);
        peers.forEach(peer -> snapshot.dataPoint(
                CounterDataPointSnapshot.builder().labels(label(peer)).value(value.applyAsLong(peer)).build()));
        return snapshot.build();
    }

    private MetricSnapshot gauges(List<PeerView> peers) {
        var snapshot = GaugeSnapshot.builder().name(text).help(sentence);
        peers.forEach(peer -> snapshot.dataPoint(
                GaugeDataPointSnapshot.builder().labels(label(peer)).value(value.applyAsLong(peer)).build()));
        return snapshot.build();
    }

    private static Labels label(PeerView peer) {
        return Labels.of("peer", peer.peerId());
    }
}
