package dev.peerscope.journal;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.peerscope.peer.PeerId;

/** A real archive on a disk that can be made to wait, and to fail. */
final class MoodyArchive implements ChangeArchive {

    private final ChangeArchive archive;
    private final Semaphore going = new Semaphore(1);
    private boolean held;
    private volatile boolean failing;
    private volatile boolean failingAfterwards;
    private volatile boolean dead;
    private volatile Optional<Instant> lastAliveAt = Optional.empty();
    private volatile boolean broken;
    private volatile boolean tendedInVain;
    private volatile long forgotten;
    private final AtomicInteger tends = new AtomicInteger();

    MoodyArchive(ChangeArchive archive) {
        this.archive = archive;
    }

    /** Returns when nobody writes any more, or may again. */
    void isHeld(boolean hold) {
        if (hold && !held) {
            going.acquireUninterruptibly();
        } else if (!hold && held) {
            going.release();
        }
        held = hold;
    }

    /** Returns when somebody writes, and cannot as this is held. */
    void awaitAWrite() {
        await().pollInterval(Duration.ofMillis(2)).until(going::hasQueuedThreads);
    }

    /** These are gone, which a reader only learns as it reads. */
    void forgetsUnseen(long through) {
        forgotten = through;
    }

    void isTendedInVain(boolean inVain) {
        tendedInVain = inVain;
    }

    /** How often it was asked to forget. */
    int tends() {
        return tends.get();
    }

    /** Until when the node is said to have run, by what was written last. */
    Optional<Instant> lastAliveAt() {
        return lastAliveAt;
    }

    void isFailing(boolean fails) {
        failing = fails;
    }

    /** What is written is on the disk, and yet it is said that it is not. */
    void isFailingAfterwards(boolean fails) {
        failingAfterwards = fails;
    }

    /** Whatever is written from now on is not on the disk: to it, the process ends here. */
    void dies() {
        dead = true;
    }

    void isBroken(boolean isSo) {
        broken = isSo;
    }

    @Override
    public void append(List<JournalEntry> entries, List<EmptyPoint> empties, Instant aliveAt) {
        going.acquireUninterruptibly();
        try {
            if (failing || dead) {
                throw new ArchiveFailed("the disk is full");
            }
            if (broken) {
                throw new LinkageError("no such library");
            }
            archive.append(entries, empties, aliveAt);
            lastAliveAt = Optional.of(aliveAt);
            if (failingAfterwards) {
                throw new ArchiveFailed("the disk is gone");
            }
        } finally {
            going.release();
        }
    }

    @Override
    public boolean tend(HistoryTime time) {
        tends.incrementAndGet();
        if (tendedInVain) {
            throw new ArchiveFailed("the disk cannot be tidied");
        }
        return archive.tend(time);
    }

    private void requireReadable() {
        if (failing) {
            throw new ArchiveFailed("the disk cannot be read");
        }
    }

    @Override
    public List<JournalEntry> read(ChangeQuery query, long through) {
        requireReadable();
        return archive.read(query, through);
    }

    @Override
    public Stretch follow(ChangeFilter filter, long after, long through, int limit) {
        requireReadable();
        return archive.follow(filter, Math.max(after, forgotten), through, limit);
    }

    @Override
    public Optional<JournalEntry> find(long sequence) {
        return archive.find(sequence);
    }

    @Override
    public List<SequenceRange> gaps(long from, long to) {
        return archive.gaps(from, to);
    }

    @Override
    public PastPresence presenceAt(PeerId peer, Instant at) {
        return archive.presenceAt(peer, at);
    }

    @Override
    public Optional<Instant> aliveAt() {
        return archive.aliveAt();
    }

    @Override
    public ArchiveStatus status() {
        return archive.status();
    }

    @Override
    public void close() {
        archive.close();
    }
}
