package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineReader.BlockKnowledge;
import dev.peerscope.engine.EngineReader.EngineCounts;
import dev.peerscope.engine.EngineReader.HaveSetSummary;
import dev.peerscope.engine.EngineReader.Holder;
import dev.peerscope.engine.EngineReader.PresenceRecord;
import dev.peerscope.event.PresenceState;

class EngineReaderTest {

    private final TestNode node = new TestNode();

    @Test
    void theSummaryCutsRangesAndSaysSo() {
        node.watches("w", "abcdefgMN");
        TestPeer alice = node.connects("alice");
        alice.has("abdegMN", 4).denies("c");

        HaveSetSummary summary = node.reader().haveSet(alice.id(), 2, 1);

        assertThat(summary.haveCount()).isEqualTo(7);
        assertThat(summary.deniedCount()).isEqualTo(1);
        assertThat(summary.singles()).hasSize(1);
        assertThat(summary.trees()).singleElement().satisfies(tree -> {
            assertThat(tree.ranges()).isEqualTo(BlockRanges.parse("0-1,3-4"));
            assertThat(tree.rangesTruncated()).isTrue();
            assertThat(tree.haveCount()).isEqualTo(5);
            assertThat(tree.deniedCount()).isEqualTo(1);
            assertThat(tree.price()).contains(Price.of(4));
        });
    }

    @Test
    void aTreeWithSeveralPricesHasNoOnePrice() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("a", 4).has("b", 5);

        assertThat(node.reader().haveSet(alice.id(), 9, 9).trees()).singleElement()
                .matches(tree -> tree.price().isEmpty() && !tree.rangesTruncated());
    }

    @Test
    void pagesOfPresencesGoOnInTheRightPlaceWhileTheSetChanges() {
        node.watches("w", "abcdefMN");
        TestPeer alice = node.connects("alice");
        alice.has("acdfMN").denies("b");
        List<PresenceRecord> first = node.reader().presences(alice.id(), Optional.empty(), Optional.empty(), 2);

        alice.denies("c").has("b");
        List<PresenceRecord> rest = node.reader().presences(alice.id(), Optional.empty(),
                Optional.of(first.getLast().address()), 100);

        assertThat(letters(first)).isEqualTo("ac");
        assertThat(letters(rest)).startsWith("df").hasSize(4);
    }

    @Test
    void pagesOfOneTreeLeaveTheRestOut() {
        node.watches("w", "abM");
        node.wants("v", WantMode.WATCH, Trees.leaves("big", 0, 9));
        TestPeer alice = node.connects("alice");
        alice.has("abM");
        node.receives(alice, Trees.have("big", "0-9"));

        List<PresenceRecord> records = node.reader().presences(alice.id(), Optional.of(Trees.tree("big")),
                Optional.empty(), 100);

        assertThat(records).hasSize(10).allMatch(record -> record.address().cid().equals(Trees.tree("big")));
        assertThat(node.reader().presentRanges(alice.id(), Trees.tree("big"), 4, 10))
                .isEqualTo(BlockRanges.parse("4-9"));
    }

    @Test
    void cidsOfAHaveSetAreNamedOnceEachInOrder() {
        node.watches("w", "abcMN");
        TestPeer alice = node.connects("alice");
        alice.has("abMN");

        List<Cid> first = node.reader().haveCids(alice.id(), Optional.empty(), 2);
        List<Cid> rest = node.reader().haveCids(alice.id(), Optional.of(first.getLast()), 2);

        List<Cid> all = new ArrayList<>(first);
        all.addAll(rest);
        assertThat(all).hasSize(3).isSorted().contains(Letters.TREE);
    }

    @Test
    void whatIsKnownOfABlockNamesHoldersDeniersAndWanters() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice").has("a", 3);
        TestPeer bob = node.connects("bob").denies("a");
        TestPeer carol = node.connects("carol").wants("a");

        BlockKnowledge known = node.reader().block(Letters.block('a'), 10);

        assertThat(known).isEqualTo(new BlockKnowledge(Letters.block('a'), true, false,
                List.of(new Holder(alice.id(), Price.of(3), TestNode.START)), List.of(bob.id()), 1,
                List.of(carol.id()), Optional.of(new Holder(alice.id(), Price.of(3), TestNode.START))));
    }

    @Test
    void theCheapestOfAllHoldersIsNamedThoughItIsNotListed() {
        node.watches("w", "aM");
        List<TestPeer> peers = new ArrayList<>();
        for (int price = 5; price > 0; price--) {
            peers.add(node.connects("peer" + price).has("aM", price));
        }
        for (char letter : new char[]{'a', 'M'}) {
            BlockKnowledge known = node.reader().block(Letters.block(letter), 2);

            assertThat(known.holders()).hasSize(2).isSortedAccordingTo(Comparator.comparing(Holder::peer));
            assertThat(known.cheapest()).hasValueSatisfying(
                    cheapest -> assertThat(cheapest.peer()).isEqualTo(peers.getLast().id()));
        }
    }

    @Test
    void distributedCopiesCountTheRarestBlockAndTheShareAboveIt() {
        node.watches("w", "abcM");
        node.connects("alice").has("abcM");
        node.connects("bob").has("ab");
        node.connects("carol").has("aM").denies("b");

        var status = node.reader().holder("w").orElseThrow();

        // c is there once, the three others more often.
        assertThat(status.distributedCopies().orElseThrow()).isEqualTo(1.75, within(1e-9));
        assertThat(status.peers()).isEqualTo(3);
        assertThat(node.reader().holder("nobody")).isEmpty();
    }

    @Test
    void aHolderThatWantsNothingAnyMoreHasNoCopies() {
        node.downloads("d", "a");
        node.holds("a");

        assertThat(node.reader().holder("d").orElseThrow().distributedCopies()).isEmpty();
    }

    @Test
    void countsAddUp() {
        node.holds("z");
        node.watches("w", "abM");
        node.downloads("d", "bcN");
        TestPeer alice = node.connects("alice").has("ab").denies("cM");
        alice.wants("zy");

        EngineCounts counts = node.reader().counts();

        assertThat(counts.haves()).isEqualTo(2);
        assertThat(counts.denials()).isEqualTo(2);
        assertThat(counts.wants()).containsEntry(WantMode.WATCH, 2L).containsEntry(WantMode.FETCH, 3L);
        assertThat(counts.wantsUnavailable()).isEqualTo(3);
        assertThat(counts.peerWantsHeld()).isEqualTo(1);
        assertThat(counts.peerWantsNotHeld()).isEqualTo(1);
        assertThat(counts.requested()).isEqualTo(1);
        assertThat(counts.blocksHeld()).isEqualTo(1);
    }

    @Test
    void interestSaysWhoHasWhatTheOtherWants() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice").has("a");
        TestPeer bob = node.connects("bob").wants("y");

        assertThat(node.reader().peer(alice.id()).orElseThrow())
                .matches(peer -> peer.interestOurs() && !peer.interestTheirs() && peer.requestedCount() == 1);
        assertThat(node.reader().peer(bob.id()).orElseThrow())
                .matches(peer -> !peer.interestOurs() && peer.interestTheirs() && peer.wantCount() == 1);
    }

    @Test
    void aPeerThatIsNotConnectedReadsAsEmpty() {
        var stranger = TestPeer.idOf("stranger");
        BlockAddress a = Letters.block('a');
        EngineReader reader = node.reader();

        assertThat(reader.peer(stranger)).isEmpty();
        assertThat(reader.haveSet(stranger, 9, 9)).isEqualTo(new HaveSetSummary(0, 0, List.of(), List.of()));
        assertThat(reader.presences(stranger, Optional.empty(), Optional.empty(), 9)).isEmpty();
        assertThat(reader.presentRanges(stranger, Letters.TREE, 0, 9)).isEqualTo(BlockRanges.EMPTY);
        assertThat(reader.haveCids(stranger, Optional.empty(), 9)).isEmpty();
        assertThat(reader.wantList(stranger, 0, 9)).isEmpty();
        assertThat(reader.wantedCids(stranger, Optional.empty(), 9)).isEmpty();
        assertThat(reader.presence(stranger, a).state()).isEqualTo(PresenceState.UNKNOWN);
    }

    private static String letters(List<PresenceRecord> records) {
        StringBuilder letters = new StringBuilder();
        records.forEach(record -> letters.append(Letters.letterOf(record.address())));
        return letters.toString();
    }
}
