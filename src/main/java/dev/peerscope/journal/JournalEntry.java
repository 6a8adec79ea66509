package dev.peerscope.journal;

import dev.peerscope.event.ExchangeEvent.PresenceChanged;

/**
 * A presence change and its place in the journal.
 *
 * @param sequence
 *            from 1, each entry one more than the entry before
 */
public record JournalEntry(long sequence, PresenceChanged change) {

    public JournalEntry {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence numbers begin at 1, was " + sequence);
        }
    }
}
