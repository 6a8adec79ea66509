package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What one peer has lately been asked about, and which of it has not been answered.
 *
 * <p>Bounded three ways, and while a bound is met nothing more is asked: messages that have not been written, messages that have not
 * been answered, and the memory that answers in part take, since only these need sets of the peer's own ({@link AskedBlocks}).
 */
final class OpenAsks {

    /** The next batch is made when the one before the last has been written. */
    static final int UNWRITTEN_MAX = 2;
    static final int OPEN_MAX = 200;
    /** Room for 30 messages of single blocks, or more than {@link #OPEN_MAX} of leaves, of which every other block has been answered. */
    static final long OWN_BYTES_MAX = 640 << 10;

    /** What an ask takes beside sets of the peer's own. */
    private static final long ASK_BYTES = 300;

    /** One want-have message. */
    private static final class Ask {

        private final Instant askedAt;
        private final AskedBlocks blocks;
        private final AskedBlocks unanswered;
        private @Nullable Instant writtenAt;

        private Ask(AskedBlocks blocks, Instant askedAt) {
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
    private int unwritten;

    OpenAsks(EngineSettings settings) {
        this.shortestInterval = settings.refreshShortestInterval();
        this.answerTimeout = settings.refreshAnswerTimeout();
    }

    /** Whether one more message may be on its way. */
    boolean hasRoom() {
        return unwritten < UNWRITTEN_MAX && openCount() < OPEN_MAX && ownBytes() < OWN_BYTES_MAX;
    }

    void asked(long token, AskedBlocks blocks, Instant now) {
        asks.put(token, new Ask(blocks, now));
        unwritten++;
    }

    /** The time for an answer runs from here. */
    void written(long token, Instant now) {
        Ask ask = asks.get(token);
        if (ask != null && ask.writtenAt == null) {
            ask.writtenAt = now;
            unwritten--;
        }
    }

    /** This message will never be written: nothing was asked. */
    void dropped(long token) {
        Ask ask = asks.remove(token);
        if (ask != null && ask.writtenAt == null) {
            unwritten--;
        }
    }

    /** These need no answer any more: it came, or something stronger than an answer is awaited. */
    void settled(AddressSet blocks) {
        asks.values().forEach(ask -> ask.unanswered.removeAll(blocks));
    }

    /** These are wanted anew: what was asked about them before does not count. */
    void forget(AddressSet blocks) {
        asks.values().forEach(ask -> ask.blocks.removeAll(blocks));
        settled(blocks);
    }

    /** Whatever was asked may be asked again at once. */
    void forgetRecent() {
        asks.values().forEach(ask -> ask.blocks.clear());
    }

    /** Takes out of these blocks those that must not be asked about again yet. */
    void removeRecent(AddressSet blocks, Instant now) {
        Iterator<Ask> oldestFirst = asks.values().iterator();
        while (oldestFirst.hasNext()) {
            Ask ask = oldestFirst.next();
            if (now.isBefore(ask.askedAt.plus(shortestInterval))) {
                ask.blocks.removeFrom(blocks);
            } else {
                ask.blocks.clear();
                if (!ask.isOpen() && ask.writtenAt != null) {
                    oldestFirst.remove();
                }
            }
        }
    }

    /** Takes out and returns what was not answered in time. */
    AddressSet expire(Instant now) {
        var expired = new AddressSet();
        for (Ask ask : asks.values()) {
            if (ask.writtenAt != null && !now.isBefore(ask.writtenAt.plus(answerTimeout))) {
                ask.unanswered.addTo(expired);
                ask.unanswered.clear();
            }
        }
        return expired;
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

    int unwritten() {
        return unwritten;
    }

    long openCount() {
        return asks.values().stream().filter(Ask::isOpen).count();
    }

    /** Memory that all of it takes, in bytes, roughly. */
    long bytes() {
        return ASK_BYTES * asks.size() + ownBytes();
    }

    long ownBytes() {
        return asks.values().stream().mapToLong(ask -> ask.unanswered.ownBytes()).sum();
    }
}
