package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.cancel;
import static dev.peerscope.engine.Sentence.dontHave;
import static dev.peerscope.engine.Sentence.have;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.Sentence.wantHaveQuietly;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ExchangeEvent.BlocksDelivered;
import dev.peerscope.event.ExchangeEvent.WantListChanged;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;

class WantListRulesTest {

    private final TestNode node = new TestNode();

    @Test
    void aWantHaveIsAnsweredOnTheFlyAndNeverRecorded() {
        node.holds("abM");
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), wantHave("abdM"));

        assertThat(node).sent(to(alice), have("abM"), dontHave("d"));
        assertThat(node.reader().wantList(alice.id(), 0, 10)).isEmpty();
        assertThat(node).didNotHappen(WantListChanged.class);
    }

    @Test
    void nobodyIsToldUnaskedOfABlockThatWasGainedOrLost() {
        TestPeer alice = node.connects("alice");
        node.receives(from(alice), wantHave("a"));

        node.holds("a");
        assertThat(node).sentNothing(to(alice)).sentBlocks(to(alice), "");

        node.loses("a");
        assertThat(node).sentNothing(to(alice)).sentBlocks(to(alice), "");
    }

    @Test
    void whatWeLackIsDeniedOnlyWhereTheEntryAskedForThat() {
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), wantHaveQuietly("ab"));

        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void aWantHaveForARecordedBlockGetsNoAnswer() {
        node.holds("b");
        TestPeer alice = node.connects("alice");
        alice.wants("ab");

        node.receives(from(alice), wantHave("ab"));

        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void aThousandAnswersShareAMessageAndTheNextBeginsAnother() {
        node.when(new EngineInput.BlocksStored(Trees.leaves("big", 0, 1_499)));
        TestPeer alice = node.connects("alice");
        List<WantListEntry> entries = Trees.leaves("big", 0, 1_499).getFirst().addresses()
                .map(WantListEntry::wantHave).toList();

        node.receives(alice, ExchangeMessage.of(new WantList(entries, true)));

        assertThat(node.latestMessagesTo(alice)).hasSize(2);
        assertThat(node.latestMessagesTo(alice).getFirst().presences()).singleElement()
                .matches(presence -> presence.blocks().count() == 1_024);
    }

    @Test
    void aWantBlockIsRecordedWithItsTimeAndTurn() {
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(5);

        node.receives(from(alice), wantBlock("ba", 3));

        assertThat(node).happened(WantListChanged.class,
                changed -> changed.change() == WantListChange.ADDED && changed.reason() == WantListReason.ASKED
                        && changed.blocks().equals(Letters.blocks("ba")));
        assertThat(node.reader().wantList(alice.id(), 0, 10)).satisfiesExactly(first -> {
            assertThat(first.number()).isEqualTo(1);
            assertThat(first.entry().address()).isEqualTo(Letters.block('b'));
            assertThat(first.entry().priority()).isEqualTo(3);
            assertThat(first.since()).isEqualTo(TestNode.START.plusSeconds(5));
        }, second -> assertThat(second.number()).isEqualTo(2));
    }

    @Test
    void askingAgainInOtherWordsIsAnUpdateAndInTheSameWordsNothing() {
        TestPeer alice = node.connects("alice");
        alice.wants("a");

        node.receives(from(alice), wantBlock("a", 5));
        assertThat(node).happened(WantListChanged.class, changed -> changed.change() == WantListChange.UPDATED);

        node.receives(from(alice), wantBlock("a", 5));
        assertThat(node).didNotHappen(WantListChanged.class);
    }

    @Test
    void aCancelRemovesWhatIsRecordedAndMeansNothingElse() {
        TestPeer alice = node.connects("alice");
        alice.wants("a");

        node.receives(from(alice), cancel("ab"));

        assertThat(node).happened(WantListChanged.class, changed -> changed.change() == WantListChange.REMOVED
                && changed.reason() == WantListReason.CANCELLED && changed.blocks().equals(Letters.blocks("a")));
        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void aFullListRemovesNothing() {
        TestPeer alice = node.connects("alice");
        alice.wants("a");
        var entry = new WantListEntry(Letters.block('b'), 0, false, WantType.HAVE, false);

        node.receives(alice, ExchangeMessage.of(new WantList(List.of(entry), true)));

        assertThat(node.reader().wantList(alice.id(), 0, 10)).hasSize(1);
    }

    @Test
    void aBlockThatWeHoldIsServedAndTheAskForgottenWhenSent() {
        node.holds("ab");
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), wantBlock("ab"));
        assertThat(node).sentBlocks(to(alice), "ab");
        node.hasSentBlocks(alice, "ab", "");

        assertThat(node).happened(WantListChanged.class, changed -> changed.reason() == WantListReason.SENT);
        assertThat(node).happened(BlocksDelivered.class, sent -> sent.blocks() == 2 && sent.bytes() == 20);
        assertThat(node.reader().wantList(alice.id(), 0, 10)).isEmpty();
        assertThat(node.reader().peer(alice.id()).orElseThrow().counters().blocksSent()).isEqualTo(2);
    }

    @Test
    void aSecondWantBlockAfterServingIsServedAgain() {
        node.holds("a");
        TestPeer alice = node.connects("alice");
        alice.wants("a");
        node.hasSentBlocks(alice, "a", "");

        alice.wants("a");

        assertThat(node).sentBlocks(to(alice), "a");
    }

    @Test
    void aWantThatWeCannotServeStaysAndIsServedWhenTheBlockArrives() {
        TestPeer alice = node.connects("alice");
        alice.wants("aM");

        node.holds("M");

        assertThat(node).sentBlocks(to(alice), "M");
        assertThat(node.reader().wantList(alice.id(), 0, 10)).hasSize(2);
    }

    @Test
    void higherPriorityIsServedFirstThenWhatCameFirst() {
        node.holds("abcd");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);
        node.receives(from(alice), wantBlock("ca", 1), wantBlock("d", 9), wantBlock("b", 1));

        node.reads(alice);

        assertThat(node).sentBlocks(to(alice), "dcab");
    }

    @Test
    void atMostTwentyBlocksTravelTogetherAndOneMessageAtATime() {
        node.holds("abcdefghijklmnopqrstuvwxy");
        TestPeer alice = node.connects("alice");

        alice.wants("abcdefghijklmnopqrstuvwxy");
        assertThat(node).sentBlocks(to(alice), "abcdefghijklmnopqrst");
        alice.wants("a");
        assertThat(node).sentBlocks(to(alice), "");
        node.hasSentBlocks(alice, "abcdefghijklmnopqrst", "");

        assertThat(node).sentBlocks(to(alice), "uvwxy");
    }

    @Test
    void aBlockThatIsNoLongerThereStaysWantedAndIsNotOfferedAgain() {
        node.holds("ab");
        TestPeer alice = node.connects("alice");
        alice.wants("ab");

        node.hasSentBlocks(alice, "a", "b");

        assertThat(node).sentBlocks(to(alice), "");
        assertThat(node.reader().wantList(alice.id(), 0, 10)).extracting(want -> want.entry().address())
                .containsExactly(Letters.block('b'));
        assertThat(node.reader().block(Letters.block('b'), 10).heldByUs()).isFalse();
    }

    @Test
    void aCancelWhileTheBlockIsOnItsWayIsHonoured() {
        node.holds("a");
        TestPeer alice = node.connects("alice");
        alice.wants("a");

        node.receives(from(alice), cancel("a"));
        node.hasSentBlocks(alice, "a", "");

        assertThat(node).didNotHappen(WantListChanged.class);
        assertThat(node.reader().wantList(alice.id(), 0, 10)).isEmpty();
    }

    @Test
    void whoWantsABlockIsKnown() {
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");

        alice.wants("aM");
        bob.wants("a");

        BlockAddress a = Letters.block('a');
        assertThat(node.reader().block(a, 10).wanters()).containsExactlyInAnyOrder(alice.id(), bob.id());
        assertThat(node.reader().wantedCids(alice.id(), Optional.empty(), 10)).hasSize(2);
        assertThat(node.reader().counts().peerWantsNotHeld()).isEqualTo(3);
    }
}
