package dev.peerscope.message;

import java.util.List;

/**
 * What the sender asks for in one message.
 *
 * @param entries
 *            the asks, in the order of the wire
 * @param full
 *            the sender's claim that this starts its whole want-list; a fact to show, it removes nothing (Codex sends
 *            it with want-have lists only, and on their first batch only)
 */
public record WantList(List<WantListEntry> entries, boolean full) {

    /** Asks for nothing. */
    public static final WantList EMPTY = new WantList(List.of(), false);

    public WantList {
        entries = List.copyOf(entries);
    }

    public boolean isEmpty() {
        return entries.isEmpty() && !full;
    }
}
