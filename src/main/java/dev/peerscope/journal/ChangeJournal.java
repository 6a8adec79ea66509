package dev.peerscope.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.peer.PeerId;

/** The ordered, bounded record of presence changes. Safe for use by several threads. */
public interface ChangeJournal {

    /**
     * The entries that a query asks for, in its order; fewer than its limit when there are no more. Entries that are
     * forgotten while the journal is read may be missing from the early end.
     */
    List<JournalEntry> read(ChangeQuery query);

    /** The entry with this number; empty when it is forgotten or has not happened yet. */
    Optional<JournalEntry> find(long sequence);

    /** Numbers from {@code from} to {@code to} whose entries were never kept, ascending. */
    List<SequenceRange> gaps(long from, long to);

    /** What was known of a peer's blocks at a time; empty for a journal that does not keep past states. */
    Optional<PastPresence> presenceAt(PeerId peer, Instant at);

    /**
     * Begins to read along.
     *
     * @param after the last entry that the reader knows of, so that it goes on with the next one, retained history first; 0
     *         reads all that is retained; empty begins with what happens from now on
     * @throws TooManySubscribers when as many as allowed read along already
     */
    Subscription subscribe(ChangeFilter filter, OptionalLong after);

    /** A number that grows whenever a question to this journal may have another answer than before. */
    long revision();

    /** The operator says that the clock is right, so that changes are forgotten for age by it from now on. */
    void acceptClock();

    /** How much is kept, and how the journal fared. */
    JournalStatus status();
}
