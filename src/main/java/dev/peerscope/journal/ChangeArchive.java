package dev.peerscope.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.peerscope.peer.PeerId;

/**
 * Where changes are kept beyond the process.
 *
 * <p>Readers come on any thread and see whole commits only. What writes comes on one thread at a time; when it fails it may be tried
 * again.
 */
public interface ChangeArchive extends AutoCloseable {

    /**
     * Keeps entries, all of them or none; when this returns they outlive the process. Those that are kept already are passed over.
     *
     * @param entries in ascending order; numbers that are left out stay a gap for ever
     * @param empties peers of which nothing is known at a point among these entries, though changes before it were lost
     * @param aliveAt until when the node is known to have run
     * @throws ArchiveFailed when they could not be kept
     */
    void append(List<JournalEntry> entries, List<EmptyPoint> empties, Instant aliveAt);

    /**
     * Does a bounded part of what is to be done: keeps the states from which those of past times are made, forgets what is too old
     * or too much. While the clock is in doubt at most a hundredth of what is kept is forgotten an hour for its age, and nothing in
     * the first hour.
     *
     * @return whether there is more to do now
     * @throws ArchiveFailed when it could not be done
     */
    boolean tend(HistoryTime time);

    /**
     * The entries that a query asks for.
     *
     * @param through the last entry that may be shown
     * @throws ArchiveFailed when they could not be read
     */
    List<JournalEntry> read(ChangeQuery query, long through);

    /**
     * What follows an entry, all of it as of one moment: whatever is forgotten meanwhile, nothing is left out in silence.
     *
     * @param through the last entry that may be shown
     * @param limit entries at most
     * @throws ArchiveFailed when it could not be read
     */
    Stretch follow(ChangeFilter filter, long after, long through, int limit);

    /**
     * The entry with this number, if it is kept.
     *
     * @throws ArchiveFailed when it could not be read
     */
    Optional<JournalEntry> find(long sequence);

    /**
     * Numbers from {@code from} to {@code to} whose entries were never kept, ascending.
     *
     * @throws ArchiveFailed when they could not be read
     */
    List<SequenceRange> gaps(long from, long to);

    /**
     * What was known of a peer's blocks at a time.
     *
     * @throws ArchiveFailed when it could not be read
     */
    PastPresence presenceAt(PeerId peer, Instant at);

    /** What is kept. */
    ArchiveStatus status();

    /** Until when the node was known to have run when this was opened; empty when nothing was kept then. */
    Optional<Instant> aliveAt();

    @Override
    void close();

    /**
     * A part of what is kept.
     *
     * @param from the first number that it speaks of; what was asked for before it is forgotten
     * @param to the last number that it speaks of; below {@code from} when all that was asked for is forgotten
     * @param entries those in between that were asked for, ascending
     * @param gaps numbers in between whose entries were never kept, ascending
     */
    record Stretch(long from, long to, List<JournalEntry> entries, List<SequenceRange> gaps) {}

    /** Nothing is known of a peer's blocks after entry {@code sequence}: it has just joined, or has left. */
    record EmptyPoint(PeerId peer, long sequence) {}
}
