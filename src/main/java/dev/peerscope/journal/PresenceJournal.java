package dev.peerscope.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PeerLeft;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/**
 * The journal of this node: the latest changes in memory and, unless it is told to do without, all that an archive retains.
 *
 * <p>The engine's thread appends to a ring and goes on. With an archive a writer's thread follows, and readers are shown an entry
 * only once it is kept: what anybody has seen outlives the process. While the archive fails, readers are shown what is in memory.
 */
public final class PresenceJournal implements ChangeJournal, ExchangeEventSink, AutoCloseable {

    /** Time that changes may take until they are kept, for who asks what was known just now. */
    private static final Duration KEEPING = Duration.ofSeconds(2);
    private static final Duration LOOKING = Duration.ofMillis(5);
    /** Entries in memory that are looked at for a page; the archive has indices. */
    private static final int SCANNED_MAX = 4_096;

    private final JournalLimits limits;
    private final LimitRegister tally;
    private final ChangeRing ring;
    private final @Nullable ChangeArchive archive;
    private final @Nullable JournalWriter writer;
    private final Set<JournalSubscription> subscriptions = new CopyOnWriteArraySet<>();
    private final AtomicLong gaps = new AtomicLong();

    /** The last entry that readers are shown; never goes back. Written by the writer, or by the engine's thread without one. */
    private volatile long shown;
    private volatile boolean closed;

    private PresenceJournal(JournalLimits limits, LimitRegister tally, @Nullable ChangeArchive archive,
            InstantSource clock) {
        this.limits = limits;
        this.tally = tally;
        this.archive = archive;
        var last = archive == null ? null : archive.status();
        this.ring = new ChangeRing(limits, tally, last == null ? 0 : last.lastSequence(),
                last == null ? Instant.MIN : last.lastAt());
        this.shown = ring.last();
        tally.register(LimitName.CHANGE_HISTORY, limits.changes(), ring::retained);
        tally.register(LimitName.CHANGE_HISTORY_RANGES, limits.ranges(), ring::ranges);
        tally.register(LimitName.STREAM_SUBSCRIBERS, limits.subscribers(), subscriptions::size);
        if (archive != null) {
            tally.register(LimitName.CHANGE_HISTORY_FILE, archive.status().bytesMax(), () -> archive.status().bytes());
        }
        this.writer = archive == null ? null : new JournalWriter(ring, archive, clock, tally, this::show);
    }

    /** A journal that begins anew with each start and keeps only what the ring holds. */
    public static PresenceJournal inMemory(JournalLimits limits, LimitRegister tally) {
        return new PresenceJournal(limits, tally, null, InstantSource.system());
    }

    /** A journal that goes on where the archive ends; it closes the archive when it is closed. */
    public static PresenceJournal archived(JournalLimits limits, LimitRegister tally, ChangeArchive archive,
            InstantSource clock) {
        var journal = new PresenceJournal(limits, tally, archive, clock);
        if (journal.writer != null) {
            journal.writer.start();
        }
        return journal;
    }

    /** Appends a presence change, and notes when nothing is known of a peer. The engine's thread only. */
    @Override
    public void accept(ExchangeEvent event) {
        if (event instanceof PresenceChanged change) {
            append(change);
        } else if (event instanceof PeerJoined joined) {
            knowsNothingOf(joined.peer());
        } else if (event instanceof PeerLeft left) {
            knowsNothingOf(left.peer());
        }
    }

    private void append(PresenceChanged change) {
        ring.append(change);
        if (writer == null) {
            show(ring.last());
        } else {
            writer.wake();
        }
    }

    private void knowsNothingOf(PeerId peer) {
        if (writer != null) {
            writer.knowsNothingOf(peer);
        }
    }

    private void show(long through) {
        shown = Math.max(shown, through);
        subscriptions.forEach(JournalSubscription::wake);
    }

    @Override
    public List<JournalEntry> read(ChangeQuery query) {
        long through = shown;
        long kept = archive == null ? ring.first() - 1 : Math.min(archive.status().lastSequence(), through);
        return switch (query.order()) {
            case NEWEST -> newest(query, through, kept);
            case OLDEST -> oldest(query, through, kept);
        };
    }

    /**
     * What is recent from memory, then what the archive has before it. Memory has no index: a filter that little passes is not
     * looked for in all of it, but only in what was not archived yet and some more.
     */
    private List<JournalEntry> newest(ChangeQuery query, long through, long kept) {
        long from = Math.min(query.beyond().orElse(Long.MAX_VALUE) - 1, through);
        long to = Math.min(kept + 1, Math.max(ring.first(), from - SCANNED_MAX + 1));
        List<JournalEntry> found = new ArrayList<>(ring.newest(query.filter(), from, to, query.limit()));
        if (archive != null && to < ring.first()) {
            // Overtaken while it was read.
            to = kept + 1;
            found.removeIf(entry -> entry.sequence() <= kept);
        }
        if (archive != null && found.size() < query.limit()) {
            found.addAll(archive.read(query.before(to).withLimit(query.limit() - found.size()), kept));
        }
        return List.copyOf(found);
    }

    private List<JournalEntry> oldest(ChangeQuery query, long through, long kept) {
        List<JournalEntry> found = new ArrayList<>(archive == null ? List.of() : archive.read(query, kept));
        if (found.size() < query.limit()) {
            long from = Math.max(Math.max(query.beyond().orElse(0), kept), 0) + 1;
            found.addAll(ring.oldest(query.filter(), from, through, query.limit() - found.size()));
        }
        return List.copyOf(found);
    }

    @Override
    public Optional<JournalEntry> find(long sequence) {
        if (sequence < 1 || sequence > shown) {
            return Optional.empty();
        }
        JournalEntry entry = ring.at(sequence);
        return entry == null && archive != null ? archive.find(sequence) : Optional.ofNullable(entry);
    }

    @Override
    public List<SequenceRange> gaps(long from, long to) {
        return archive == null || to < from ? List.of() : archive.gaps(from, to);
    }

    @Override
    public Optional<PastPresence> presenceAt(PeerId peer, Instant at) {
        if (archive == null) {
            return Optional.empty();
        }
        awaitKept(archive, at);
        return Optional.of(archive.presenceAt(peer, at));
    }

    /** What has happened by now is kept in a moment; a time that it may belong to waits for that. */
    private void awaitKept(ChangeArchive kept, Instant at) {
        long happened = ring.last();
        long deadline = System.nanoTime() + KEEPING.toNanos();
        while (kept.status().lastSequence() < happened && !at.isBefore(kept.status().lastAt())) {
            if (System.nanoTime() - deadline > 0) {
                throw new ArchiveFailed("the history on disk is " + (happened - kept.status().lastSequence())
                        + " changes behind, so what was known at " + at + " cannot be told yet");
            }
            LockSupport.parkNanos(LOOKING.toNanos());
        }
    }

    @Override
    public synchronized Subscription subscribe(ChangeFilter filter, OptionalLong after) {
        if (subscriptions.size() >= limits.subscribers()) {
            tally.met(LimitName.STREAM_SUBSCRIBERS, 1);
            throw new TooManySubscribers(limits.subscribers());
        }
        var subscription = new JournalSubscription(this, filter, after);
        subscriptions.add(subscription);
        return subscription;
    }

    /** None of these ever goes back: what is shown at one end, what is forgotten at the other, and what the archive has of it. */
    @Override
    public long revision() {
        long revision = shown + ring.first();
        if (archive != null) {
            var kept = archive.status();
            revision += kept.firstSequence() + kept.lastSequence();
        }
        return revision;
    }

    @Override
    public JournalStatus status() {
        long first = ring.first();
        long last = Math.max(ring.last(), first - 1);
        var oldestAt = Optional.ofNullable(ring.at(first)).map(entry -> entry.change().at());
        var memory = new JournalStatus.Memory(first, last, limits.changes(), oldestAt, ring.appended(),
                ring.forgotten());
        return new JournalStatus(memory, Optional.ofNullable(archive).map(this::disk), subscriptions.size(),
                limits.subscribers(), gaps.get());
    }

    private JournalStatus.Disk disk(ChangeArchive kept) {
        return new JournalStatus.Disk(kept.status(), writer == null ? 0 : writer.dropped(),
                writer == null ? Optional.empty() : writer.failure());
    }

    /** Nothing is appended any more: readers get what is there, then the end. Returns when everything is kept. */
    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
        closed = true;
        subscriptions.forEach(JournalSubscription::wake);
    }

    boolean isClosed() {
        return closed;
    }

    long shown() {
        return shown;
    }

    ChangeRing ring() {
        return ring;
    }

    @Nullable
    ChangeArchive archive() {
        return archive;
    }

    void gapTold() {
        gaps.incrementAndGet();
    }

    void leave(JournalSubscription subscription) {
        subscriptions.remove(subscription);
    }
}
