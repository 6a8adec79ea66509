package dev.peerscope.metrics;

import java.util.Locale;

import dev.peerscope.node.EngineInputKind;

/**
 * What the engine spends its time on, as meters tell it: inputs that cost alike and come together are one series, as
 * there are few series and many inputs.
 */
enum EngineWork {
    /** Peers come and go. */
    CONNECTION,
    MESSAGE_RECEIVED,
    /** What we send leaves, waits, or goes on. */
    SENDING,
    /** Blocks that were requested have been verified, or refused. */
    DELIVERY,
    /** What we want, and being told to ask again. */
    WANTS,
    /** What we hold, and its price. */
    HOLDINGS, DEADLINE_REACHED, QUESTION;

    static EngineWork of(EngineInputKind kind) {
        return switch (kind) {
            case PEER_CONNECTED, PEER_DISCONNECTED -> CONNECTION;
            case MESSAGE_RECEIVED -> MESSAGE_RECEIVED;
            case MESSAGE_WRITTEN, MESSAGE_DROPPED, PEER_STALLED, PEER_WRITABLE, BLOCKS_SENT -> SENDING;
            case DELIVERY_STORED, DELIVERY_REJECTED -> DELIVERY;
            case REFRESH_REQUESTED, BLOCKS_WANTED, WANTS_RELEASED -> WANTS;
            case BLOCKS_STORED, BLOCKS_DELETED, PRICE_CHANGED -> HOLDINGS;
            case DEADLINE_REACHED -> DEADLINE_REACHED;
            case QUESTION -> QUESTION;
        };
    }

    /** The word used by metrics. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
