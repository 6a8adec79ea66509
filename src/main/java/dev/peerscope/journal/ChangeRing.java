package dev.peerscope.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockSet;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/**
 * The latest changes, in memory.
 *
 * <p>A ring of entries with one writer, the engine's thread, and no lock: entry {@code n} stands in slot {@code n % changes}. A
 * reader checks the number of what it finds, so an entry that was overtaken reads as forgotten, never as another one. Of what is on disk
 * as well the writer of the disk forgets all but the newest here, so that a burst of changes does not stay in memory.
 */
final class ChangeRing {

    /** Of changes that are on disk as well, so many stay, and so many ranges. */
    static final int KEPT_CHANGES = 25_000;
    static final long KEPT_RANGES = 250_000;

    private final JournalLimits limits;
    private final LimitRegister tally;
    private final AtomicReferenceArray<@Nullable JournalEntry> slots;
    /** The last entry that was there before this ring. */
    private final long before;

    /** Moved on before the slot is cleared. */
    private final AtomicLong first;
    /** Because a bound was met. */
    private final AtomicLong forgotten = new AtomicLong();
    /** Written by the engine's thread only; always moved on after the slot is filled. */
    private volatile long last;
    /** Ranges in all retained entries. */
    private final AtomicLong ranges = new AtomicLong();
    /** The engine's thread only. */
    private Instant lastAt;

    /** An empty ring that goes on after entry {@code before}, which became true at {@code lastAt}. */
    ChangeRing(JournalLimits limits, LimitRegister tally, long before, Instant lastAt) {
        this.limits = limits;
        this.tally = tally;
        this.slots = new AtomicReferenceArray<>(limits.changes());
        this.before = before;
        this.first = new AtomicLong(before + 1);
        this.last = before;
        this.lastAt = lastAt;
    }

    /** Gives the change its number and keeps it. The engine's thread only. */
    void append(PresenceChanged change) {
        var entry = new JournalEntry(last + 1, inOrder(change));
        ranges.addAndGet(rangesOf(entry));
        for (long oldest = first(); oldest < entry.sequence()
                && entry.sequence() - oldest >= limits.changes(); oldest = first()) {
            meet(LimitName.CHANGE_HISTORY, oldest);
        }
        for (long oldest = first(); oldest < entry.sequence() && ranges.get() > limits.ranges(); oldest = first()) {
            meet(LimitName.CHANGE_HISTORY_RANGES, oldest);
        }
        slots.set(slot(entry.sequence()), entry);
        last = entry.sequence();
    }

    /**
     * Times ascend with the numbers, though a clock was set back between two runs or within one, and are kept as exactly as every
     * reader will see them.
     */
    private PresenceChanged inOrder(PresenceChanged change) {
        Instant told = change.at().truncatedTo(ChronoUnit.MICROS);
        lastAt = told.isBefore(lastAt) ? lastAt : told;
        return lastAt.equals(change.at()) ? change
                : new PresenceChanged(lastAt, change.peer(), change.change(), change.reason(), change.blocks(),
                        change.price(), change.previousPrice(), change.previousState());
    }

    private void meet(LimitName limit, long oldest) {
        if (forget(oldest)) {
            forgotten.incrementAndGet();
            tally.met(limit, 1);
        }
    }

    /** Everything up to this entry is on disk as well. The thread that writes there only. */
    void kept(long through) {
        for (long oldest = first(); oldest <= through
                && (last - oldest >= KEPT_CHANGES || ranges.get() > KEPT_RANGES); oldest = first()) {
            forget(oldest);
        }
    }

    /** False if somebody else has forgotten it. */
    private boolean forget(long oldest) {
        JournalEntry entry = slots.get(slot(oldest));
        if (!first.compareAndSet(oldest, oldest + 1)) {
            return false;
        }
        // By now the slot may hold a later entry.
        if (entry != null && entry.sequence() == oldest) {
            slots.compareAndSet(slot(oldest), entry, null);
            ranges.addAndGet(-rangesOf(entry));
        }
        return true;
    }

    private static int rangesOf(JournalEntry entry) {
        return switch (entry.change().blocks()) {
            case BlockSet.Leaves leaves -> leaves.ranges().rangeCount();
            case BlockSet.Single _ -> 1;
        };
    }

    private int slot(long sequence) {
        return (int) (sequence % limits.changes());
    }

    /** The entry with this number, or null when it is forgotten or has not happened yet. */
    @Nullable
    JournalEntry at(long sequence) {
        JournalEntry entry = slots.get(slot(sequence));
        return entry == null || entry.sequence() != sequence ? null : entry;
    }

    /** Up to {@code limit} entries from number {@code from} down to {@code to}, as far back as they are retained. */
    List<JournalEntry> newest(ChangeFilter filter, long from, long to, int limit) {
        List<JournalEntry> found = new ArrayList<>();
        for (long sequence = from; sequence >= Math.max(first(), to) && found.size() < limit; sequence--) {
            JournalEntry entry = at(sequence);
            if (entry == null) {
                // Overtaken while reading: everything older is forgotten too.
                break;
            }
            if (filter.matches(entry.change())) {
                found.add(entry);
            }
        }
        return found;
    }

    /** Up to {@code limit} entries from number {@code from} up to {@code to}, those that are retained. */
    List<JournalEntry> oldest(ChangeFilter filter, long from, long to, int limit) {
        List<JournalEntry> found = new ArrayList<>();
        long sequence = Math.max(from, first());
        while (sequence <= to && found.size() < limit) {
            JournalEntry entry = at(sequence);
            if (entry != null && filter.matches(entry.change())) {
                found.add(entry);
            }
            // Where the entry was overtaken, go on with the earliest that is left.
            sequence = entry == null ? Math.max(sequence + 1, first()) : sequence + 1;
        }
        return found;
    }

    /** The earliest entry that is retained; one more than the last when there is none. */
    long first() {
        return first.get();
    }

    /** The latest entry; what was there before this ring when there is none. */
    long last() {
        return last;
    }

    /** Entries that are retained. */
    long retained() {
        return Math.max(0, last - first() + 1);
    }

    /** Ranges in all retained entries. */
    long ranges() {
        return ranges.get();
    }

    /** Entries that this ring has taken. */
    long appended() {
        return last - before;
    }

    /** Entries that this ring has forgotten because a bound was met. */
    long forgotten() {
        return forgotten.get();
    }
}
