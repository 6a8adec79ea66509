package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.BOB;
import static dev.peerscope.journal.Changes.OTHER_TREE;
import static dev.peerscope.journal.Changes.SINGLE;
import static dev.peerscope.journal.Changes.START;
import static dev.peerscope.journal.Changes.TREE;
import static dev.peerscope.journal.Changes.announced;
import static dev.peerscope.journal.Changes.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.Direction;

class PresenceJournalTest {

    private final LimitRegister tally = new LimitRegister();
    private final PresenceJournal journal = PresenceJournal.inMemory(new JournalLimits(10, 1_000, 2), tally);

    @Test
    void changesAreNumberedFromOneWithoutGapsAndOtherEventsAreNot() {
        journal.accept(announced(1, ALICE));
        journal.accept(new ExchangeEvent.PeerJoined(START, BOB, Direction.INBOUND));
        journal.accept(announced(2, BOB));

        assertThat(journal.find(1)).map(JournalEntry::change).contains(announced(1, ALICE));
        assertThat(journal.find(2)).map(JournalEntry::change).contains(announced(2, BOB));
        assertThat(journal.find(3)).isEmpty();
        assertThat(journal.find(0)).isEmpty();
        assertThat(journal.find(-7)).isEmpty();
    }

    @Test
    void theOldestChangesAreForgottenWhenAsManyAsAllowedAreKept() {
        announce(25);

        assertThat(sequences(ChangeFilter.ALL, Order.OLDEST)).containsExactlyElementsOf(range(16, 25));
        assertThat(journal.find(15)).isEmpty();
        var memory = journal.status().memory();
        assertThat(memory).extracting(JournalStatus.Memory::retained, JournalStatus.Memory::dropped)
                .containsExactly(10L, 15L);
        assertThat(memory.oldestAt()).contains(START.plusSeconds(16));
        assertThat(tally.use(LimitName.CHANGE_HISTORY).met()).isEqualTo(15);
    }

    @Test
    void changesOfManyRangesAreForgottenSoonerBecauseTheyTakeMoreMemory() {
        announce(4);

        journal.accept(announced(5, ALICE, scattered(998)));

        assertThat(sequences(ChangeFilter.ALL, Order.OLDEST)).containsExactly(3L, 4L, 5L);
        assertThat(tally.use(LimitName.CHANGE_HISTORY_RANGES).met()).isEqualTo(2);
        assertThat(tally.use(LimitName.CHANGE_HISTORY_RANGES).used()).isEqualTo(1_000);
        assertThat(tally.use(LimitName.CHANGE_HISTORY_RANGES).setting()).isEqualTo(1_000);
    }

    @Test
    void aChangeLargerThanTheBoundIsKeptAlone() {
        announce(4);

        journal.accept(announced(5, ALICE, scattered(1_001)));

        assertThat(sequences(ChangeFilter.ALL, Order.OLDEST)).containsExactly(5L);
        journal.accept(announced(6, ALICE));
        assertThat(sequences(ChangeFilter.ALL, Order.OLDEST)).containsExactly(6L);
    }

    @Test
    void pagesFollowEachOtherInEitherOrder() {
        announce(8);

        var newest = journal.read(new ChangeQuery(ChangeFilter.ALL, Order.NEWEST, OptionalLong.empty(), 3));
        var thenOlder = journal.read(new ChangeQuery(ChangeFilter.ALL, Order.NEWEST, OptionalLong.of(6), 3));
        var oldest = journal.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.empty(), 3));
        var thenNewer = journal.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.of(3), 3));

        assertThat(newest).extracting(JournalEntry::sequence).containsExactly(8L, 7L, 6L);
        assertThat(thenOlder).extracting(JournalEntry::sequence).containsExactly(5L, 4L, 3L);
        assertThat(oldest).extracting(JournalEntry::sequence).containsExactly(1L, 2L, 3L);
        assertThat(thenNewer).extracting(JournalEntry::sequence).containsExactly(4L, 5L, 6L);
    }

    @Test
    void aPageBeyondEitherEndIsEmpty() {
        announce(3);

        assertThat(journal.read(new ChangeQuery(ChangeFilter.ALL, Order.NEWEST, OptionalLong.of(1), 5))).isEmpty();
        assertThat(journal.read(new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.of(3), 5))).isEmpty();
        assertThat(journal.read(
                new ChangeQuery(ChangeFilter.ALL, Order.OLDEST, OptionalLong.of(Long.MAX_VALUE - 1), 5))).isEmpty();
    }

    @Test
    void aFilterLetsThroughOnlyWhatItNames() {
        journal.accept(announced(1, ALICE));
        journal.accept(announced(2, BOB));
        journal.accept(released(3, ALICE));
        journal.accept(announced(4, ALICE, new BlockSet.Leaves(OTHER_TREE, BlockRanges.of(0, 9))));
        journal.accept(announced(5, ALICE, new BlockSet.Single(SINGLE)));

        assertThat(sequences(ChangeFilter.of(BOB), Order.OLDEST)).containsExactly(2L);
        assertThat(sequences(filter().tree(), Order.OLDEST)).containsExactly(1L, 2L, 3L);
        assertThat(sequences(filter().change(PresenceChange.REMOVED), Order.OLDEST)).containsExactly(3L);
        assertThat(sequences(filter().reason(PresenceReason.ANNOUNCED), Order.OLDEST)).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void sinceIsInclusiveAndUntilExclusive() {
        announce(6);
        var filter = new ChangeFilter(Optional.empty(), Optional.empty(), Set.of(), Set.of(),
                Optional.of(START.plusSeconds(2)), Optional.of(START.plusSeconds(5)));

        assertThat(sequences(filter, Order.OLDEST)).containsExactly(2L, 3L, 4L);
        assertThat(sequences(filter, Order.NEWEST)).containsExactly(4L, 3L, 2L);
    }

    @Test
    void moreReadersThanAllowedAreTurnedAwayUntilOneLeaves() {
        var first = journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());

        assertThatThrownBy(() -> journal.subscribe(ChangeFilter.ALL, OptionalLong.empty()))
                .isInstanceOf(TooManySubscribers.class);
        assertThat(tally.use(LimitName.STREAM_SUBSCRIBERS).met()).isEqualTo(1);

        first.close();
        journal.subscribe(ChangeFilter.ALL, OptionalLong.empty());
        assertThat(journal.status().subscribers()).isEqualTo(2);
    }

    private void announce(int changes) {
        range(1, changes).forEach(n -> journal.accept(announced(n, ALICE)));
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static BlockSet scattered(int ranges) {
        var builder = BlockRanges.builder();
        for (long i = 0; i < ranges; i++) {
            builder.add(2 * i);
        }
        return new BlockSet.Leaves(TREE, builder.build());
    }

    private List<Long> sequences(ChangeFilter filter, Order order) {
        return new ArrayList<>(journal.read(new ChangeQuery(filter, order, OptionalLong.empty(), 1_000)).stream()
                .map(JournalEntry::sequence).toList());
    }

    private static FilterOf filter() {
        return new FilterOf();
    }

    /** Filters that restrict one thing. */
    private static final class FilterOf {

        ChangeFilter tree() {
            return new ChangeFilter(Optional.empty(), Optional.of(TREE), Set.of(), Set.of(), Optional.empty(),
                    Optional.empty());
        }

        ChangeFilter change(PresenceChange change) {
            return new ChangeFilter(Optional.empty(), Optional.empty(), Set.of(change), Set.of(), Optional.empty(),
                    Optional.empty());
        }

        ChangeFilter reason(PresenceReason reason) {
            return new ChangeFilter(Optional.empty(), Optional.empty(), Set.of(), Set.of(reason), Optional.empty(),
                    Optional.empty());
        }
    }
}
