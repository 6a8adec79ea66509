package dev.peerscope.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/** All times at which the engine has something to do by itself. */
final class Deadlines {

    private static final Comparator<Deadline> EARLIEST_FIRST = Comparator.comparing(Deadline::time)
            .thenComparingLong(deadline -> deadline.number);

    private final NavigableSet<Deadline> pending = new TreeSet<>(EARLIEST_FIRST);
    private long created;

    /** Makes a deadline that is not set. */
    Deadline create(Runnable whenDue) {
        return new Deadline(created++, whenDue);
    }

    /** Does what is due, the earliest first. What is set meanwhile waits for its own time. */
    void reached(Instant now) {
        List<Deadline> due = new ArrayList<>();
        while (!pending.isEmpty() && !pending.first().time().isAfter(now)) {
            due.add(pending.removeFirst());
        }
        for (Deadline deadline : due) {
            // One that came before may have cleared or moved this one.
            if (deadline.isDue(now)) {
                deadline.at = null;
                deadline.whenDue.run();
            }
        }
    }

    Optional<Instant> earliest() {
        return pending.isEmpty() ? Optional.empty() : Optional.of(pending.first().time());
    }

    /** A time at which its owner wants to be called; it belongs to one owner and can be moved and cleared. */
    final class Deadline {

        /** Orders deadlines of the same time, so that the same inputs give the same outputs. */
        private final long number;
        private final Runnable whenDue;
        private @Nullable Instant at;

        private Deadline(long number, Runnable whenDue) {
            this.number = number;
            this.whenDue = whenDue;
        }

        void set(Instant time) {
            if (!time.equals(at)) {
                clear();
                at = time;
                pending.add(this);
            }
        }

        void set(Optional<Instant> time) {
            time.ifPresentOrElse(this::set, this::clear);
        }

        boolean isSet() {
            return at != null;
        }

        void clear() {
            if (at != null) {
                pending.remove(this);
                at = null;
            }
        }

        private boolean isDue(Instant now) {
            return at != null && !at.isAfter(now) && !pending.contains(this);
        }

        private Instant time() {
            if (at == null) {
                throw new IllegalStateException("deadline " + number + " is pending without a time");
            }
            return at;
        }
    }
}
