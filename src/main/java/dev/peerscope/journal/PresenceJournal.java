package dev.peerscope.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
 * only once it is kept: what anybody has seen outlives the process, and no number is ever shown with two contents. While the archive
 * cannot be written, questions fail with {@link ArchiveFailed} and subscriptions wait
 * ({@code docs/decisions/0026-what-is-not-kept-is-not-shown.md}).
 */
public final class PresenceJournal implements ChangeJournal, ExchangeEventSink, AutoCloseable {

    /** Time that changes may take until they are kept, for who asks what was known just now. */
    private static final Duration KEEPING = Duration.ofSeconds(2);
    private static final Duration LOOKING = Duration.ofMillis(5);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final JournalLimits limits;
    private final LimitRegister tally;
    private final ChangeRing ring;
    private final @Nullable ChangeArchive archive;
    private final HistoryClock clock;
    private final @Nullable JournalWriter writer;
    private final Set<JournalSubscription> subscriptions = new CopyOnWriteArraySet<>();
    private final AtomicLong gaps = new AtomicLong();

    private volatile boolean closed;

    private PresenceJournal(JournalLimits limits, LimitRegister tally, @Nullable ChangeArchive archive,
            HistoryClock clock, Duration retry) {
        this.limits = limits;
        this.tally = tally;
        this.archive = archive;
        this.clock = clock;
        var last = archive == null ? null : archive.status();
        this.ring = new ChangeRing(limits, tally, last == null ? 0 : last.lastSequence(),
                last == null ? Instant.MIN : last.lastAt());
        tally.register(LimitName.CHANGE_HISTORY, limits.changes(), ring::retained);
        tally.register(LimitName.CHANGE_HISTORY_RANGES, limits.ranges(), ring::ranges);
        tally.register(LimitName.STREAM_SUBSCRIBERS, limits.subscribers(), subscriptions::size);
        if (archive != null) {
            clock.begin(archive.aliveAt());
            tally.register(LimitName.CHANGE_HISTORY_FILE, archive.status().bytesMax(), () -> archive.status().bytes());
        }
        this.writer = archive == null ? null : new JournalWriter(ring, archive, clock, retry, tally, this::wakeReaders);
    }

    /** A journal that begins anew with each start and keeps only what the ring holds. */
    public static PresenceJournal inMemory(JournalLimits limits, LimitRegister tally) {
        return new PresenceJournal(limits, tally, null, new HistoryClock(InstantSource.system(), System::nanoTime),
                RETRY);
    }

    /** A journal that goes on where the archive ends; it closes the archive when it is closed. */
    public static PresenceJournal archived(JournalLimits limits, LimitRegister tally, ChangeArchive archive,
            InstantSource clock) {
        return archived(limits, tally, archive, new HistoryClock(clock, System::nanoTime), RETRY);
    }

    /** @param retry how long after a failure the archive is tried again */
    static PresenceJournal archived(JournalLimits limits, LimitRegister tally, ChangeArchive archive,
            HistoryClock clock,
            Duration retry) {
        var journal = new PresenceJournal(limits, tally, archive, clock, retry);
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
            wakeReaders();
        } else {
            writer.wake();
        }
    }

    private void knowsNothingOf(PeerId peer) {
        if (writer != null) {
            writer.knowsNothingOf(peer);
        }
    }

    private void wakeReaders() {
        subscriptions.forEach(JournalSubscription::wake);
    }

    @Override
    public List<JournalEntry> read(ChangeQuery query) {
        long through = shown();
        if (archive != null) {
            return readable(archive).read(query, through);
        }
        return switch (query.order()) {
            case NEWEST -> ring.newest(query.filter(), Math.min(query.beyond().orElse(Long.MAX_VALUE) - 1, through), 1,
                    query.limit());
            case OLDEST -> ring.oldest(query.filter(), Math.max(query.beyond().orElse(0), 0) + 1, through,
                    query.limit());
        };
    }

    @Override
    public Optional<JournalEntry> find(long sequence) {
        if (archive != null) {
            return readable(archive).find(sequence);
        }
        return sequence < 1 ? Optional.empty() : Optional.ofNullable(ring.at(sequence));
    }

    @Override
    public List<SequenceRange> gaps(long from, long to) {
        return archive == null || to < from ? List.of() : readable(archive).gaps(from, to);
    }

    @Override
    public Optional<PastPresence> presenceAt(PeerId peer, Instant at) {
        if (archive == null) {
            return Optional.empty();
        }
        awaitKept(archive, at);
        return Optional.of(archive.presenceAt(peer, at));
    }

    /** What is kept, unless it lacks what happens now: a page of it would tell less than is known. */
    private ChangeArchive readable(ChangeArchive kept) {
        writeFailure().ifPresent(why -> {
            throw new ArchiveFailed("presence changes cannot be kept at present: " + why);
        });
        return kept;
    }

    /** Why the archive cannot be written, if so. */
    Optional<String> writeFailure() {
        return writer == null ? Optional.empty() : writer.writeFailure();
    }

    /** What has happened by now is kept in a moment; a time that it may belong to waits for that. */
    private void awaitKept(ChangeArchive kept, Instant at) {
        long happened = ring.last();
        long deadline = System.nanoTime() + KEEPING.toNanos();
        while (readable(kept).status().lastSequence() < happened && !at.isBefore(kept.status().lastAt())) {
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

    /** None of these ever goes back: what is shown at one end, what is forgotten at the other, how often the archive failed. */
    @Override
    public long revision() {
        long first = archive == null ? ring.first() : archive.status().firstSequence();
        return shown() + first + (writer == null ? 0 : writer.writeFailures());
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
                writer == null ? Optional.empty() : writer.failure(), clock.jump());
    }

    @Override
    public void acceptClock() {
        clock.accept();
        if (writer != null) {
            writer.keepAlive();
        }
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

    /** The last entry that readers are shown; never goes back. */
    long shown() {
        return archive == null ? ring.last() : archive.status().lastSequence();
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
