package dev.peerscope.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import dev.peerscope.journal.ChangeArchive.Stretch;
import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.End;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.GapReason;
import dev.peerscope.journal.Delivery.Idle;

/**
 * A position in the journal that moves on.
 *
 * <p>The journal itself is this reader's queue, so the queue is bounded and costs the writer nothing. A step takes the next entry
 * from memory while it is there, and some at a time from the archive where it is not; the same two steps, look and wait, serve
 * history and what happens now.
 */
final class JournalSubscription implements Subscription {

    /** Entries that are read from the archive at a time. */
    private static final int STEP = 256;

    private final PresenceJournal journal;
    private final ChangeFilter filter;

    /** The last entry that was looked at. */
    private long position;
    /** What was looked at and not yet handed over. */
    private final Deque<Delivery> found = new ArrayDeque<>();
    private volatile boolean closed;
    /** Set before the last look at the journal, read after an entry is shown: one of the two sees the other. */
    private volatile @Nullable Thread waiting;

    JournalSubscription(PresenceJournal journal, ChangeFilter filter, OptionalLong after) {
        this.journal = journal;
        this.filter = filter;
        long last = journal.shown();
        boolean ahead = after.orElse(0) > last;
        this.position = ahead ? last : after.orElse(last);
        if (ahead) {
            found.add(new Gap(1, last, GapReason.AHEAD));
        }
    }

    @Override
    public Delivery next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        waiting = Thread.currentThread();
        try {
            while (true) {
                // Asked before looking: what was shown before the end is handed over first.
                boolean over = closed || journal.isClosed();
                Delivery next = look();
                if (next != null) {
                    return next;
                }
                long left = deadline - System.nanoTime();
                if (over || left <= 0) {
                    return over ? new End() : new Idle();
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException("a reader of the journal was interrupted at entry " + position);
                }
            }
        } finally {
            waiting = null;
        }
    }

    private @Nullable Delivery look() {
        if (closed) {
            return null;
        }
        while (found.isEmpty() && position < journal.shown()) {
            JournalEntry entry = journal.ring().at(position + 1);
            if (entry != null) {
                position++;
                if (filter.matches(entry.change())) {
                    return new Change(entry);
                }
            } else if (!lookBack()) {
                return null;
            }
        }
        Delivery next = found.poll();
        if (next instanceof Gap) {
            journal.gapTold();
        }
        return next;
    }

    /**
     * The next entry is not in memory any more: some from the archive, or a gap where it has none. False while the archive cannot be
     * written, for then it may not be readable either: the reader is woken when it can.
     */
    private boolean lookBack() {
        var archive = journal.archive();
        if (archive == null) {
            miss(journal.ring().first() - 1, GapReason.FORGOTTEN);
        } else if (journal.writeFailure().isPresent()) {
            return false;
        } else {
            step(archive.follow(filter, position, journal.shown(), STEP));
        }
        return true;
    }

    private void miss(long to, GapReason reason) {
        // Nothing is missed where the journal moved on between two looks.
        if (to > position) {
            found.add(new Gap(position + 1, to, reason));
            position = to;
        }
    }

    private void step(Stretch kept) {
        miss(kept.from() - 1, GapReason.FORGOTTEN);
        var missing = new ArrayDeque<>(kept.gaps());
        for (JournalEntry entry : kept.entries()) {
            while (!missing.isEmpty() && missing.getFirst().from() < entry.sequence()) {
                found.add(gap(missing.removeFirst()));
            }
            found.add(new Change(entry));
        }
        missing.forEach(range -> found.add(gap(range)));
        position = Math.max(position, kept.to());
    }

    private static Gap gap(SequenceRange range) {
        return new Gap(range.from(), range.to(), GapReason.NOT_RECORDED);
    }

    /** Called when an entry is shown; does not wait. */
    void wake() {
        Thread reader = waiting;
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }

    @Override
    public void close() {
        closed = true;
        journal.leave(this);
        wake();
    }
}
