package dev.peerscope.event;

import java.util.Locale;

/** Why a peer's want-list changed: a closed set. */
public enum WantListReason {
    /** The peer asked. */
    ASKED,
    /** The peer withdrew its ask. */
    CANCELLED,
    /** The block was sent, and an ask is forgotten when served. */
    SENT,
    /** The peer is no longer connected. */
    PEER_LEFT;

    /** The word used by metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
