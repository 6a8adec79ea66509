package dev.peerscope.journal;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.End;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.GapReason;
import dev.peerscope.journal.Delivery.Idle;

/**
 * A position in the journal that moves on.
 *
 * <p>The journal itself is this reader's queue, so the queue is bounded and costs the writer nothing: a reader that is
 * overtaken finds its next entry forgotten. The same two steps, look and wait, serve history and what happens now.
 */
final class JournalSubscription implements Subscription {

    private final InMemoryChangeJournal journal;
    private final ChangeFilter filter;

    /** The last entry that was looked at. */
    private long position;
    private @Nullable Gap toldFirst;
    private volatile boolean closed;
    /** Set before the last look at the journal, read after the last append: one of the two sees the other. */
    private volatile @Nullable Thread waiting;

    JournalSubscription(InMemoryChangeJournal journal, ChangeFilter filter, OptionalLong after) {
        this.journal = journal;
        this.filter = filter;
        long last = journal.last();
        boolean ahead = after.orElse(0) > last;
        this.position = ahead ? last : after.orElse(last);
        this.toldFirst = ahead ? new Gap(1, last, GapReason.AHEAD) : null;
    }

    @Override
    public Delivery next(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        waiting = Thread.currentThread();
        try {
            while (true) {
                // Asked before looking: what was appended before the end is handed over first.
                boolean over = closed || journal.isClosed();
                Delivery found = look();
                if (found != null) {
                    return found;
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
        if (toldFirst != null) {
            var gap = toldFirst;
            toldFirst = null;
            journal.gapTold();
            return gap;
        }
        while (position < journal.last()) {
            JournalEntry entry = journal.at(position + 1);
            if (entry == null) {
                return skipForgotten();
            }
            position++;
            if (filter.matches(entry.change())) {
                return new Change(entry);
            }
        }
        return null;
    }

    private Gap skipForgotten() {
        var gap = new Gap(position + 1, journal.first() - 1, GapReason.FORGOTTEN);
        position = gap.to();
        journal.gapTold();
        return gap;
    }

    /** Called by the writer after each append; does not wait. */
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
