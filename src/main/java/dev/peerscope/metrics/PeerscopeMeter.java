package dev.peerscope.metrics;

import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.Type;
import org.jspecify.annotations.Nullable;

/** Every meter of this program. */
public enum PeerscopeMeter implements DocumentedMeter {
    PEERS("peerscope.peers", Type.GAUGE, null, "Connected peers, by who began the connection.",
            MeterLabel.PEER_DIRECTION),
    PEER_JOINS("peerscope.peer.joins", Type.COUNTER, null, "Peers that joined.", MeterLabel.PEER_DIRECTION),
    PEER_DEPARTURES("peerscope.peer.departures", Type.COUNTER, null, "Peers that left.", MeterLabel.DEPARTURE_REASON),
    PEER_SESSION("peerscope.peer.session", Type.TIMER, "seconds", "How long peers stayed.", MeterLabel.SESSION_END),
    CONNECTIONS_REFUSED("peerscope.connections.refused", Type.COUNTER, null,
            "Connections of both directions that ended before their peer had joined.", MeterLabel.REFUSAL_REASON),
    PEERS_BY_PRESENCES("peerscope.peers.by.presences", Type.GAUGE, null,
            "Connected peers by how many blocks they have: the shape of the swarm.", MeterLabel.HAVE_SET_SIZE),
    PEERS_STALE("peerscope.peers.stale", Type.GAUGE, null,
            "Peers that were last asked longer ago than the engine's own rule allows."),

    PRESENCES("peerscope.presences", Type.GAUGE, null, "Presence records held now, over all peers.",
            MeterLabel.PRESENCE_STATE),
    PRESENCE_CHANGES("peerscope.presence.changes", Type.COUNTER, null, "Presence changes, counted in blocks.",
            MeterLabel.PRESENCE_CHANGE, MeterLabel.PRESENCE_REASON),
    PRESENCE_RECORDS("peerscope.presence.records", Type.COUNTER, null,
            "Blocks that presence messages spoke of, by what became of it: it changed something, it said again what we knew, "
                    + "it was about a block that we do not want, or it was not usable.",
            MeterLabel.TOLD_OUTCOME),
    PRESENCE_LIFETIME("peerscope.presence.lifetime", Type.TIMER, "seconds",
            "How long peers kept blocks available; blocks of a dataset that began together at a peer and ended together count once.",
            MeterLabel.PRESENCE_END),
    PRESENCE_PRICES_CHANGED("peerscope.presence.prices.changed", Type.COUNTER, null,
            "Blocks whose price at a peer went up or down.", MeterLabel.PRICE_DIRECTION),

    WANTS("peerscope.wants", Type.GAUGE, null, "Blocks on our own want-list.", MeterLabel.WANT_MODE),
    WANTS_UNAVAILABLE("peerscope.wants.unavailable", Type.GAUGE, null, "Blocks that we want and no peer has."),
    PEER_WANTS("peerscope.peer.wants", Type.GAUGE, null,
            "Blocks that peers have asked us for, by whether we hold them.",
            MeterLabel.SERVED),
    PEER_WANT_CHANGES("peerscope.peer.want.changes", Type.COUNTER, null,
            "Changes of peers' want-lists, counted in blocks.", MeterLabel.WANT_LIST_CHANGE,
            MeterLabel.WANT_LIST_REASON),

    CLAIMS("peerscope.claims", Type.COUNTER, null,
            "Blocks that a peer said it has and that we then asked it for, by what came of it.",
            MeterLabel.CLAIM_OUTCOME),
    BLOCKS("peerscope.blocks", Type.COUNTER, null, "Blocks that moved between peers and us.",
            MeterLabel.TRANSFER_DIRECTION, MeterLabel.BLOCK_OUTCOME),
    BLOCK_BYTES("peerscope.block", Type.COUNTER, "bytes", "Data of the blocks that moved between peers and us.",
            MeterLabel.TRANSFER_DIRECTION, MeterLabel.BLOCK_OUTCOME),
    BLOCK_RETRIEVAL("peerscope.block.retrieval", Type.TIMER, "seconds",
            "Time from asking a peer for a block until it was stored."),
    MESSAGES("peerscope.messages", Type.COUNTER, null, "Messages of the exchange, by what they carry.",
            MeterLabel.TRANSFER_DIRECTION, MeterLabel.MESSAGE_KIND),
    MESSAGE_BYTES("peerscope.message", Type.DISTRIBUTION_SUMMARY, "bytes", "Length of messages of the exchange.",
            MeterLabel.TRANSFER_DIRECTION, MeterLabel.MESSAGE_KIND),

    ENGINE_INPUT("peerscope.engine.input", Type.TIMER, "seconds",
            "Time that the engine worked, on its own thread or for a question on its reader's, by the kind of input.",
            MeterLabel.ENGINE_INPUT),
    ENGINE_INBOX("peerscope.engine.inbox", Type.GAUGE, null, "Messages that wait for the engine."),

    JOURNAL_CHANGES("peerscope.journal.changes", Type.COUNTER, null, "Presence changes that were recorded.",
            MeterLabel.SINK),
    JOURNAL_DROPPED("peerscope.journal.dropped", Type.COUNTER, null,
            "Presence changes that are missing: forgotten in memory because a bound was met; lost to the disk because it could "
                    + "not follow or failed.",
            MeterLabel.SINK),
    JOURNAL_FAILING("peerscope.journal.failing", Type.GAUGE, null,
            "1 while presence changes cannot be kept on disk and readers are shown what is in memory, or the oldest not be forgotten there, else 0."),
    JOURNAL_OLDEST_AGE("peerscope.journal.oldest.age", Type.GAUGE, "seconds",
            "Age of the oldest presence change that is kept; 0 while there is none.", MeterLabel.SINK),
    STREAM_SUBSCRIBERS("peerscope.stream.subscribers", Type.GAUGE, null, "Live readers of presence changes."),
    STREAM_GAPS("peerscope.stream.gaps", Type.COUNTER, null,
            "How often a live reader was told that it missed presence changes."),

    LIMIT("peerscope.limit", Type.GAUGE, null, "What each bound allows.", MeterLabel.LIMIT),
    LIMIT_USED("peerscope.limit.used", Type.GAUGE, null,
            "How much of each bound is in use; of a bound for each peer, by the peer that uses most. None of a bound on one message, frame or request.",
            MeterLabel.STANDING_LIMIT),
    LIMIT_MET("peerscope.limit.met", Type.COUNTER, null,
            "Records, entries or attempts that each bound has turned away.", MeterLabel.LIMIT),
    MEMORY_BUDGET("peerscope.memory.budget", Type.GAUGE, "bytes",
            "Memory that all peers may take; above it the peer that takes most is disconnected."),
    MEMORY_BUDGET_USED("peerscope.memory.budget.used", Type.GAUGE, "bytes", "Memory that all peers take.");

    private final String meterName;
    private final Type type;
    private final @Nullable String unit;
    private final String sentence;
    private final List<MeterLabel> labels;

    PeerscopeMeter(String meterName, Type type, @Nullable String unit, String sentence, MeterLabel... labels) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.sentence = sentence;
        this.labels = List.of(labels);
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
    public @Nullable String getBaseUnit() {
        return unit;
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public List<MeterLabel> labels() {
        return labels;
    }
}
