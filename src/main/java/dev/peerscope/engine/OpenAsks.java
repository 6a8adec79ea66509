package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What one peer has lately been asked about, and which of it has not been answered. */
final class OpenAsks {

    /** One want-have message. */
    private static final class Ask {

        private final Instant askedAt;
        private final AddressSet blocks;
        private final AddressSet unanswered;
        private @Nullable Instant writtenAt;

        private Ask(AddressSet blocks, Instant askedAt) {
            this.blocks = blocks;
            this.unanswered = blocks.copy();
            this.askedAt = askedAt;
        }

        private boolean isOpen() {
            return !unanswered.isEmpty();
        }
    }

    private final Duration shortestInterval;
    private final Duration answerTimeout;
    /** By token, in the order of asking. */
    private final Map<Long, Ask> asks = new LinkedHashMap<>();
    /** Blocks asked about less than the shortest interval ago. */
    private final AddressSet recent = new AddressSet();

    OpenAsks(EngineSettings settings) {
        this.shortestInterval = settings.refreshShortestInterval();
        this.answerTimeout = settings.refreshAnswerTimeout();
    }

    void asked(long token, AddressSet blocks, Instant now) {
        asks.put(token, new Ask(blocks, now));
        recent.addAll(blocks);
    }

    /** The time for an answer runs from here. */
    void written(long token, Instant now) {
        Ask ask = asks.get(token);
        if (ask != null) {
            ask.writtenAt = now;
        }
    }

    /** These need no answer any more: it came, or something stronger than an answer is awaited. */
    void settled(AddressSet blocks) {
        for (Ask ask : asks.values()) {
            if (ask.isOpen()) {
                ask.unanswered.removeAll(blocks);
            }
        }
    }

    /** These are wanted anew: what was asked about them before does not count. */
    void forget(AddressSet blocks) {
        asks.values().forEach(ask -> ask.blocks.removeAll(blocks));
        recent.removeAll(blocks);
        settled(blocks);
    }

    /** Whatever was asked may be asked again at once. */
    void forgetRecent() {
        asks.values().forEach(ask -> ask.blocks.clear());
        recent.clear();
    }

    /** Blocks that must not be asked about again yet. */
    AddressSet recent(Instant now) {
        Iterator<Ask> oldestFirst = asks.values().iterator();
        while (oldestFirst.hasNext()) {
            Ask ask = oldestFirst.next();
            if (now.isBefore(ask.askedAt.plus(shortestInterval))) {
                break;
            }
            recent.removeAll(ask.blocks);
            ask.blocks.clear();
            if (!ask.isOpen()) {
                oldestFirst.remove();
            }
        }
        return recent;
    }

    /** Takes out and returns what was not answered in time. */
    AddressSet expire(Instant now) {
        var expired = new AddressSet();
        for (Ask ask : asks.values()) {
            if (isExpired(ask, now)) {
                expired.addAll(ask.unanswered);
                ask.unanswered.clear();
            }
        }
        return expired;
    }

    private boolean isExpired(Ask ask, Instant now) {
        return ask.writtenAt != null && !now.isBefore(ask.writtenAt.plus(answerTimeout));
    }

    /** When the next answer is overdue. */
    Optional<Instant> nextExpiry() {
        for (Ask ask : asks.values()) {
            if (ask.isOpen() && ask.writtenAt != null) {
                return Optional.of(ask.writtenAt.plus(answerTimeout));
            }
        }
        return Optional.empty();
    }

    long openCount() {
        long open = 0;
        for (Ask ask : asks.values()) {
            open += ask.isOpen() ? 1 : 0;
        }
        return open;
    }
}
