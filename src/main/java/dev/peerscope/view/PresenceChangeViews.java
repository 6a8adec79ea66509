package dev.peerscope.view;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.journal.ChangeFilter;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.journal.ChangeQuery;
import dev.peerscope.journal.JournalEntry;
import dev.peerscope.journal.Order;
import dev.peerscope.peer.PeerId;

/** Presence changes as the journal keeps them. */
public final class PresenceChangeViews {

    private final ChangeJournal journal;

    /** Views of this journal's entries. */
    public PresenceChangeViews(ChangeJournal journal) {
        this.journal = journal;
    }

    /** Changes in an order, after the one with the number {@code beyond}. */
    public Slice<PresenceChangeView, Long> list(ChangeFilter filter, Order order, OptionalLong beyond, int limit) {
        var read = journal.read(new ChangeQuery(filter, order, beyond, limit + 1));
        return Slice.of(read, limit, PresenceChangeView::of, JournalEntry::sequence);
    }

    /**
     * Numbers from the entry after {@code beyond} to the last one of a page in this order whose changes were never recorded, as
     * inclusive ranges.
     */
    public List<String> gaps(Order order, OptionalLong beyond, long lastItem) {
        var gaps = switch (order) {
            case NEWEST -> journal.gaps(lastItem, beyond.orElse(Long.MAX_VALUE) - 1);
            case OLDEST -> journal.gaps(Math.max(beyond.orElse(0), 0) + 1, lastItem);
        };
        return gaps.stream().map(gap -> gap.from() + "-" + gap.to()).toList();
    }

    /** One change. */
    public Optional<PresenceChangeView> find(long sequence) {
        return journal.find(sequence).map(PresenceChangeView::of);
    }

    /** Whether any change of this peer is retained. */
    public boolean speakOf(PeerId peer) {
        return !journal.read(new ChangeQuery(ChangeFilter.of(peer), Order.NEWEST, OptionalLong.empty(), 1)).isEmpty();
    }
}
