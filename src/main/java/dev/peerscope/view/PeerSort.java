package dev.peerscope.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/** What a list of peers can be sorted by; peers with the same value follow each other by peer id. */
public enum PeerSort {
    CONNECTED_AT("connectedAt", peer -> micros(peer.connectedAt())),
    HAVE_COUNT("haveCount", PeerView::haveCount),
    WANT_COUNT("wantCount", PeerView::wantCount),
    BLOCKS_RECEIVED("blocksReceived", PeerView::blocksReceived),
    BYTES_RECEIVED("bytesReceived", PeerView::bytesReceived),
    /** Peers without any exchange come before all others. */
    LAST_EXCHANGE_AT("lastExchangeAt", peer -> micros(peer.lastExchangeAt()));

    private final String text;
    private final ToLongFunction<PeerView> value;

    PeerSort(String text, ToLongFunction<PeerView> value) {
        this.text = text;
        this.value = value;
    }

    /** The word used by the API. */
    public String text() {
        return text;
    }

    long of(PeerView peer) {
        return value.applyAsLong(peer);
    }

    private static long micros(@Nullable Instant time) {
        return time == null ? Long.MIN_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
