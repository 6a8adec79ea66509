package dev.peerscope.message;

import java.util.List;

import dev.peerscope.block.BlockSet;

/**
 * What the sender asks for in one message.
 *
 * @param entries
 *            the asks, in the order of the wire
 * @param wantHaves
 *            blocks that are asked about as {@link WantListEntry#wantHave} does, after the entries; in lists that we write only,
 *            which wait as sets until they become bytes. A decoder makes entries of everything
 * @param full
 *            the sender's claim that this starts its whole want-list; a fact to show, it removes nothing (Codex sends
 *            it with want-have lists only, and on their first batch only)
 */
public record WantList(List<WantListEntry> entries, List<BlockSet> wantHaves, boolean full) {

    /** Asks for nothing. */
    public static final WantList EMPTY = new WantList(List.of(), false);

    public WantList {
        entries = List.copyOf(entries);
        wantHaves = List.copyOf(wantHaves);
    }

    public WantList(List<WantListEntry> entries, boolean full) {
        this(entries, List.of(), full);
    }

    /** "Do you have these? Say so where not." */
    public static WantList ofWantHaves(List<BlockSet> blocks, boolean full) {
        return new WantList(List.of(), blocks, full);
    }

    public boolean isEmpty() {
        return entries.isEmpty() && wantHaves.isEmpty() && !full;
    }
}
