package dev.peerscope.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockSet;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.event.LimitName;

/**
 * A journal that keeps the latest changes in memory and begins anew with each start.
 *
 * <p>A ring of entries with one writer, the engine's thread, and no lock: entry {@code n} stands in slot {@code n % changes}. A
 * reader checks the number of what it finds, so an entry that was overtaken reads as forgotten, never as another one.
 */
public final class InMemoryChangeJournal implements ChangeJournal, ExchangeEventSink, AutoCloseable {

    private final JournalLimits limits;
    private final LimitTally tally;
    private final AtomicReferenceArray<@Nullable JournalEntry> slots;
    private final Set<JournalSubscription> subscriptions = new CopyOnWriteArraySet<>();
    private final AtomicLong gaps = new AtomicLong();

    /** Written by the engine's thread only; always moved on before the slot is cleared. */
    private volatile long first = 1;
    /** Written by the engine's thread only; always moved on after the slot is filled. */
    private volatile long last;
    private volatile boolean closed;
    /** Ranges in all retained entries; changed by the engine's thread only. */
    private final AtomicLong ranges = new AtomicLong();

    /** An empty journal that counts in {@code tally} what its bounds turn away. */
    public InMemoryChangeJournal(JournalLimits limits, LimitTally tally) {
        this.limits = limits;
        this.tally = tally;
        this.slots = new AtomicReferenceArray<>(limits.changes());
        tally.register(LimitName.CHANGE_HISTORY, limits.changes(), () -> status().retained());
        tally.register(LimitName.CHANGE_HISTORY_RANGES, limits.ranges(), ranges::get);
        tally.register(LimitName.STREAM_SUBSCRIBERS, limits.subscribers(), subscriptions::size);
    }

    /** Appends a presence change; other events are not for the journal. The engine's thread only. */
    @Override
    public void accept(ExchangeEvent event) {
        if (event instanceof PresenceChanged change) {
            append(new JournalEntry(last + 1, change));
        }
    }

    private void append(JournalEntry entry) {
        ranges.addAndGet(rangesOf(entry));
        while (first < entry.sequence() && entry.sequence() - first >= limits.changes()) {
            forgetFirst(LimitName.CHANGE_HISTORY);
        }
        while (first < entry.sequence() && ranges.get() > limits.ranges()) {
            forgetFirst(LimitName.CHANGE_HISTORY_RANGES);
        }
        slots.set(slot(entry.sequence()), entry);
        last = entry.sequence();
        subscriptions.forEach(JournalSubscription::wake);
    }

    private void forgetFirst(LimitName met) {
        long forgotten = first;
        JournalEntry entry = slots.get(slot(forgotten));
        ranges.addAndGet(entry == null ? 0 : -rangesOf(entry));
        first = forgotten + 1;
        slots.set(slot(forgotten), null);
        tally.add(met, 1);
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

    @Override
    public List<JournalEntry> read(ChangeQuery query) {
        return switch (query.order()) {
            case NEWEST -> newest(query.filter(), Math.min(query.beyond().orElse(Long.MAX_VALUE) - 1, last),
                    query.limit());
            case OLDEST -> oldest(query.filter(), Math.max(query.beyond().orElse(0), 0) + 1, query.limit());
        };
    }

    private List<JournalEntry> newest(ChangeFilter filter, long from, int limit) {
        List<JournalEntry> found = new ArrayList<>();
        for (long sequence = from; sequence >= first && found.size() < limit; sequence--) {
            JournalEntry entry = at(sequence);
            if (entry == null) {
                // Overtaken while reading: everything older is forgotten too.
                break;
            }
            if (filter.matches(entry.change())) {
                found.add(entry);
            }
        }
        return List.copyOf(found);
    }

    private List<JournalEntry> oldest(ChangeFilter filter, long from, int limit) {
        List<JournalEntry> found = new ArrayList<>();
        long end = last;
        long sequence = Math.max(from, first);
        while (sequence <= end && found.size() < limit) {
            JournalEntry entry = at(sequence);
            if (entry != null && filter.matches(entry.change())) {
                found.add(entry);
            }
            // Where the entry was overtaken, go on with the earliest that is left.
            sequence = entry == null ? Math.max(sequence + 1, first) : sequence + 1;
        }
        return List.copyOf(found);
    }

    @Override
    public Optional<JournalEntry> find(long sequence) {
        return sequence < 1 ? Optional.empty() : Optional.ofNullable(at(sequence));
    }

    @Override
    public synchronized Subscription subscribe(ChangeFilter filter, OptionalLong after) {
        if (subscriptions.size() >= limits.subscribers()) {
            tally.add(LimitName.STREAM_SUBSCRIBERS, 1);
            throw new TooManySubscribers(limits.subscribers());
        }
        var subscription = new JournalSubscription(this, filter, after);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public JournalStatus status() {
        long from = first;
        long to = last;
        var oldestAt = find(from).map(entry -> entry.change().at());
        return new JournalStatus("memory", from, Math.max(to, from - 1), limits.changes(), oldestAt,
                subscriptions.size(), limits.subscribers(), gaps.get());
    }

    /** Nothing is appended any more: readers get what is there, then the end. */
    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(JournalSubscription::wake);
    }

    boolean isClosed() {
        return closed;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** The entry with this number, or null when it is forgotten or has not happened yet. */
    @Nullable
    JournalEntry at(long sequence) {
        JournalEntry entry = slots.get(slot(sequence));
        return entry == null || entry.sequence() != sequence ? null : entry;
    }

    void gapTold() {
        gaps.incrementAndGet();
    }

    void leave(JournalSubscription subscription) {
        subscriptions.remove(subscription);
    }
}
