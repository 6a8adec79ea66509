package dev.peerscope.metrics;

import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.Type;

/** Meters under the names that a Codex node gives them, so that dashboards for Codex show this node too. */
public enum CodexMeter implements DocumentedMeter {
    WANT_HAVE_LISTS_SENT("want.have.lists.sent", Type.COUNTER, "Messages sent that ask for presence."),
    WANT_HAVE_LISTS_RECEIVED("want.have.lists.received", Type.COUNTER,
            "Entries received that ask for presence; a Codex node counts entries here, not lists."),
    WANT_BLOCK_LISTS_SENT("want.block.lists.sent", Type.COUNTER, "Messages sent that ask for blocks."),
    WANT_BLOCK_LISTS_RECEIVED("want.block.lists.received", Type.COUNTER,
            "Entries received that ask for blocks; a Codex node counts entries here, not lists."),
    BLOCKS_SENT("blocks.sent", Type.COUNTER, "Blocks sent."),
    BLOCKS_RECEIVED("blocks.received", Type.COUNTER, "Blocks received and stored."),
    SPURIOUS_BLOCKS_RECEIVED("spurious.blocks.received", Type.COUNTER,
            "Blocks received that had not been requested from their sender."),
    DISCOVERY_REQUESTS("discovery.requests", Type.COUNTER,
            "Searches for peers; always 0, since this node knows the peers that it is told of."),
    PEER_TIMEOUTS("peer.timeouts", Type.COUNTER, "Peers disconnected because they delivered nothing in time."),
    REQUESTS_FAILED("requests.failed", Type.COUNTER, "Blocks that a download gave up."),
    PENDING_BLOCK_REQUESTS("pending.block.requests", Type.GAUGE, "Blocks that downloads want."),
    RETRIEVAL_TIME_US("retrieval.time.us", Type.GAUGE,
            "Time from asking a peer for the latest block until it was stored, in microseconds.");

    private static final String PREFIX = "codex.block.exchange.";

    private final String meterName;
    private final Type type;
    private final String sentence;

    CodexMeter(String suffix, Type type, String sentence) {
        this.meterName = PREFIX + suffix;
        this.type = type;
        this.sentence = sentence;
    }

    @Override
    public String getName() {
        return meterName;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public List<MeterLabel> labels() {
        return List.of();
    }
}
