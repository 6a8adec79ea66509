package dev.peerscope.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.journal.ChangeArchive.EmptyPoint;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/**
 * The thread that follows the ring into the archive, some entries to a commit.
 *
 * <p>The ring is its queue: when it cannot follow, the ring overtakes it, and what was lost stays a gap in the archive. Each turn
 * commits what is there, shows it to readers, and then does one bounded piece of tending. When the archive fails it is tried again
 * every few seconds; meanwhile readers are shown what is in memory. When only tending fails, that alone waits: changes are kept.
 */
final class JournalWriter {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private static final int BATCH = 2_000;
    /** Points at which a peer's state is known again, waiting to be kept; what finds no room is known again later. */
    private static final int EMPTY_POINTS_MAX = 10_000;
    /** A moment for more changes to come before the commit. */
    private static final Duration GATHERING = Duration.ofMillis(10);
    /** So often it is kept that the node still runs. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /** So often it is said that changes were lost, at most. */
    private static final Duration SAYING = Duration.ofMinutes(1);

    private final ChangeRing ring;
    private final ChangeArchive archive;
    private final HistoryClock clock;
    private final Duration retry;
    private final LimitRegister tally;
    private final Runnable kept;
    private final BlockingQueue<EmptyPoint> empties = new ArrayBlockingQueue<>(EMPTY_POINTS_MAX);
    private final Failing keeping = new Failing(
            "writing the history failed; reads of it answer 503 and its streams wait until a retry succeeds",
            "writing the history succeeds again");
    private final Failing tending = new Failing(
            "what is too old or too much in the history is not forgotten at present; it is tried again",
            "the history forgets again what is too old or too much");
    private final Thread thread;

    /** The last entry that was kept or given up. */
    private long written;
    private long keptNanos;
    /** Whether a sign of life is to be kept at once. */
    private volatile boolean aliveNow = true;
    private volatile boolean closing;
    /** Whether changes were lost in this run, so that what is known of a peer is in doubt until it is seen empty. */
    private volatile boolean lossy;
    private volatile long dropped;
    /** Lost since it was said last. */
    private long unsaid;
    private boolean said;
    private long saidNanos;
    /** Set before the last look at the ring, read after an append: one of the two sees the other. */
    private volatile boolean sleeping;

    JournalWriter(ChangeRing ring, ChangeArchive archive, HistoryClock clock, Duration retry, LimitRegister tally,
            Runnable kept) {
        this.ring = ring;
        this.archive = archive;
        this.clock = clock;
        this.retry = retry;
        this.tally = tally;
        this.kept = kept;
        tally.register(LimitName.CHANGE_HISTORY_POINTS, EMPTY_POINTS_MAX, empties::size);
        this.written = ring.last();
        this.thread = Thread.ofPlatform().name("journal-writer").daemon().unstarted(this::run);
    }

    /** Called by the engine's thread after each append; does not wait. */
    void wake() {
        if (sleeping) {
            sleeping = false;
            LockSupport.unpark(thread);
        }
    }

    /** Keeps until when the node is known to have run, now. */
    void keepAlive() {
        aliveNow = true;
        wake();
    }

    /** Nothing is known of the peer at this point, whatever was lost before. The engine's thread only. */
    void knowsNothingOf(PeerId peer) {
        if (lossy && !empties.offer(new EmptyPoint(peer, ring.last()))) {
            tally.met(LimitName.CHANGE_HISTORY_POINTS, 1);
        }
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            boolean more = turn();
            if (keeping.reason().isPresent()) {
                pause(retry);
            } else if (!more) {
                await();
                pause(GATHERING);
            }
        }
        finish();
    }

    /** Whether there is more to do at once. */
    private boolean turn() {
        // Whatever is thrown, also where the archive breaks its word: the thread must go on, or nobody is shown anything any more.
        try {
            follow();
            keeping.succeeded();
            kept.run();
        } catch (RuntimeException | Error e) {
            keeping.failed(e);
            return false;
        }
        boolean more = !tending.failedWithin(retry) && tend();
        return more || written < ring.last();
    }

    private boolean tend() {
        try {
            boolean more = archive.tend(clock.read());
            tending.succeeded();
            return more;
        } catch (RuntimeException | Error e) {
            tending.failed(e);
            return false;
        }
    }

    private void follow() {
        long first = ring.first();
        if (written + 1 < first) {
            lose(first - 1);
        }
        keep(nextBatch());
    }

    private List<JournalEntry> nextBatch() {
        List<JournalEntry> batch = new ArrayList<>();
        for (long next = written + 1; next <= ring.last() && batch.size() < BATCH; next++) {
            JournalEntry entry = ring.at(next);
            if (entry == null) {
                // Overtaken just now: the next turn says what was lost.
                break;
            }
            batch.add(entry);
        }
        return batch;
    }

    private void keep(List<JournalEntry> batch) {
        var known = knownThrough(batch.isEmpty() ? written : batch.getLast().sequence());
        var time = clock.read();
        boolean signDue = aliveNow || time.nanos() - keptNanos >= HEARTBEAT.toNanos();
        if (batch.isEmpty() && known.isEmpty() && !signDue) {
            return;
        }
        aliveNow = false;
        archive.append(batch, known, time.aliveAt());
        // They are the first in the queue, and nobody else takes any.
        known.forEach(_ -> empties.remove());
        keptNanos = time.nanos();
        written = batch.isEmpty() ? written : batch.getLast().sequence();
        ring.kept(written);
    }

    private List<EmptyPoint> knownThrough(long sequence) {
        return empties.stream().takeWhile(point -> point.sequence() <= sequence).toList();
    }

    private void lose(long through) {
        long lost = through - written;
        lossy = true;
        dropped += lost;
        unsaid += lost;
        written = through;
        sayWhatWasLost();
    }

    /** A peer that makes the history lag can do so many times a second: that must not fill the log. */
    private void sayWhatWasLost() {
        long now = System.nanoTime();
        if (!said || now - saidNanos >= SAYING.toNanos()) {
            LOG.warn(
                    "presence changes were not kept, the history cannot follow (said once a minute at most): changes={} last={}",
                    unsaid, written);
            unsaid = 0;
            said = true;
            saidNanos = now;
        }
    }

    /** Waits for an entry to come, or until it is time for a sign of life or to tend once more. */
    private void await() {
        sleeping = true;
        if (written >= ring.last() && !closing) {
            LockSupport.parkNanos(this, (tending.reason().isPresent() ? retry : HEARTBEAT).toNanos());
        }
        sleeping = false;
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    private void finish() {
        try {
            do {
                follow();
            } while (written < ring.last());
        } catch (RuntimeException | Error e) {
            keeping.failed(e);
        }
        archive.close();
    }

    /** Keeps what is there and returns when that is done. */
    void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Entries that were lost to the archive. */
    long dropped() {
        return dropped;
    }

    /** Why nothing is kept at present, or nothing forgotten, if so. */
    Optional<String> failure() {
        return writeFailure().or(tending::reason);
    }

    /** Why nothing is kept at present, if so. */
    Optional<String> writeFailure() {
        return keeping.reason();
    }

    /** How often it began that nothing could be kept. */
    long writeFailures() {
        return keeping.times();
    }
}
