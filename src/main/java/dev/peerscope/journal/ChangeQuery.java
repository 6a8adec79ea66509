package dev.peerscope.journal;

import java.util.OptionalLong;

/**
 * A question to the journal.
 *
 * @param beyond the entry after which, in the asked order, the answer begins; empty begins at the end that the order names
 * @param limit entries to return at most, at least 1
 */
public record ChangeQuery(ChangeFilter filter, Order order, OptionalLong beyond, int limit) {

    public ChangeQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
    }

    /** The same question, newest first, about entries before this one. */
    ChangeQuery before(long sequence) {
        return new ChangeQuery(filter, Order.NEWEST, OptionalLong.of(Math.min(beyond.orElse(sequence), sequence)),
                limit);
    }

    /** The same question for at most so many entries. */
    public ChangeQuery withLimit(int entries) {
        return new ChangeQuery(filter, order, beyond, entries);
    }
}
