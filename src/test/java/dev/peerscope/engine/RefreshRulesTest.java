package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.have;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineReader.Knowledge;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.message.WantListEntry;

class RefreshRulesTest {

    private static final EngineSettings DEFAULT = EngineSettings.DEFAULT;
    private static final Duration INTERVAL = DEFAULT.refreshShortestInterval();

    private final TestNode node = new TestNode();

    @Test
    void whatAPeerToldIsAskedAgainAfterTheShortestInterval() {
        node.watches("w", "abM");
        TestPeer alice = node.connects("alice");
        alice.has("abM");

        node.clock.advance(INTERVAL.minusMillis(1));
        assertThat(node).sentNothing(to(alice));
        node.clock.advance(Duration.ofMillis(1));

        assertThat(node).sent(to(alice), wantHave("abM"));
    }

    @Test
    void everyTurnBeginsWithAFullList() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        node.clock.advance(INTERVAL);

        assertThat(node.allMessagesTo(alice)).extracting(message -> message.wantList().full()).containsExactly(true,
                true);
    }

    @Test
    void wantsThatBeginMeanwhileAreAskedAtOnceAndAlone() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(1);

        node.watches("v", "bcM");

        assertThat(node).sent(to(alice), wantHave("cM"));
        assertThat(node.latestMessagesTo(alice)).noneMatch(message -> message.wantList().full());
    }

    @Test
    void theFirstWantAfterALongSilenceBeginsATurn() {
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(60);

        node.watches("w", "a");

        assertThat(node.latestMessagesTo(alice)).singleElement().matches(message -> message.wantList().full());
    }

    @Test
    void answersThatHaveArrivedAndWaitForUsAreNotMissing() {
        node.watches("w", "abcM");
        TestPeer alice = node.connects("alice");
        alice.has("aM").denies("b");
        node.clock.advance(INTERVAL);

        node.receivesWithOthersBehind(from(alice), have("M"));
        node.clock.advance(DEFAULT.refreshAnswerTimeout().multipliedBy(2));
        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isEqualTo(2);
        node.receives(from(alice), have("aM"));
        node.clock.advance(Duration.ofMillis(1));

        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isEqualTo(2);
        assertThat(node).changed(alice, PresenceChange.UNDENIED, PresenceReason.NOT_CONFIRMED, "b");
    }

    @Test
    void nothingIsAskedOfAPeerWhoseMessagesWaitForUsUntilTheLastOfThemHasBeenHandled() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        node.receivesWithOthersBehind(from(alice), have("a"));

        node.clock.advance(INTERVAL.multipliedBy(2));
        assertThat(node).sentNothing(to(alice));
        node.receives(from(alice), have("b"));

        assertThat(node).sent(to(alice), wantHave("ab"));
    }

    @Test
    void aBlockAskedWithAnAnswerMissingBecomesUnknown() {
        node.watches("w", "abcM");
        TestPeer alice = node.connects("alice");
        alice.has("aM").denies("b");
        node.clock.advance(INTERVAL);

        node.receives(from(alice), have("M"));
        node.clock.advance(DEFAULT.refreshAnswerTimeout());

        assertThat(node).changed(alice, PresenceChange.REMOVED, PresenceReason.NOT_CONFIRMED, "a");
        assertThat(node).changed(alice, PresenceChange.UNDENIED, PresenceReason.NOT_CONFIRMED, "b");
        assertThat(node.reader().presence(alice.id(), Letters.block('M')).state()).isEqualTo(PresenceState.HAVE);
    }

    @Test
    void theTimeForAnAnswerRunsFromTheWritingOfTheAsk() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.holdsBackWritesTo(alice);
        node.clock.advance(INTERVAL);

        node.clock.advanceSeconds(600);

        assertThat(node.reader().presence(alice.id(), Letters.block('a')).state()).isEqualTo(PresenceState.HAVE);
    }

    @Test
    void anAnswerToALaterAskAnswersTheEarlierOneAsWell() {
        var settings = new EngineSettings(Duration.ofSeconds(2), 10_000, Duration.ofSeconds(5), Duration.ofSeconds(60),
                512, 3_000, false);
        var node = new TestNode(settings, EngineLimits.DEFAULT);
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.clock.advanceSeconds(5);

        alice.has("a");
        node.clock.advanceSeconds(3);

        assertThat(node).changedNoPresence();
    }

    @Test
    void aWantThatEndedAndBeganAgainIsNotHeldAgainstAnOldAsk() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(5);
        node.releases("w");

        node.watches("v", "a");
        assertThat(node).sent(to(alice), wantHave("a"));
        alice.has("a");
        node.clock.advance(DEFAULT.refreshAnswerTimeout().minusSeconds(1));

        assertThat(node.reader().presence(alice.id(), Letters.block('a')).state()).isEqualTo(PresenceState.HAVE);
    }

    @Test
    void noBlockIsAskedTwiceWithinTheShortestInterval() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(6);
        node.watches("v", "c");

        node.clock.advance(INTERVAL.minusSeconds(6));
        assertThat(node).sent(to(alice), wantHave("ab"));
        node.clock.advance(INTERVAL);

        assertThat(node).sent(to(alice), wantHave("abc"));
    }

    @Test
    void aRequestedRefreshAsksAtOnceWhateverWasAskedAMomentAgo() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(1);

        node.refreshes(alice);

        assertThat(node).sent(to(alice), wantHave("ab"));
    }

    @Test
    void asksKeepToTheBudgetOfEntriesPerSecond() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 99_999));
        TestPeer alice = node.connects("alice");
        node.refreshes(alice);
        List<Integer> perSecond = new ArrayList<>();
        for (int second = 0; second < 30; second++) {
            node.clock.advanceSeconds(1);
            perSecond.add(node.latestMessagesTo(alice).stream()
                    .mapToInt(message -> message.wantList().entries().size()).sum());
        }
        assertThat(perSecond)
                .allMatch(entries -> entries <= DEFAULT.refreshEntriesPerSecond() + PeerRefresh.BATCH_MAX);
        assertThat(perSecond.stream().mapToInt(Integer::intValue).sum()).isBetween(290_000, 301_024);
    }

    @Test
    void aTurnOverMoreWantsThanTheIntervalAllowsTakesTheTimeThatTheBudgetNeeds() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 199_999));
        TestPeer alice = node.connects("alice");

        assertThat(knowledge(alice).backoff()).isEqualTo(Duration.ofSeconds(20));
        node.clock.advanceSeconds(19);
        assertThat(knowledge(alice).lastRefreshAt()).isEmpty();
        node.clock.advanceSeconds(1);

        assertThat(knowledge(alice).lastRefreshAt()).isPresent();
        assertThat(knowledge(alice).inProgress()).isTrue();
        assertThat(node.allMessagesTo(alice)).filteredOn(message -> message.wantList().full()).hasSizeBetween(1, 2);
    }

    @Test
    void everyBatchIsFullExceptTheLastOfATurn() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 500, 5_499));
        TestPeer alice = node.connects("alice");

        node.clock.advanceSeconds(5);

        assertThat(node.allMessagesTo(alice)).extracting(message -> message.wantList().entries().size())
                .containsExactly(1_024, 1_024, 1_024, 1_024, 904);
    }

    @Test
    void everyAskWishesToBeToldOfDenials() {
        node.watches("w", "aM");
        TestPeer alice = node.connects("alice");

        assertThat(node.allMessagesTo(alice)).flatExtracting(message -> message.wantList().entries()).hasSize(2)
                .allMatch(WantListEntry::sendDontHave);
    }

    @Test
    void aPeerThatReadsNothingHasAtMostTwoBatchesOfWantsWaiting() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 999_999));
        TestPeer alice = connectsWithWritesHeldBack();

        node.clock.advanceSeconds(60);

        assertThat(node.allMessagesTo(alice)).hasSize(2);
    }

    @Test
    void theNextBatchIsTakenFromTheWantsWhenTheLastOneWasWritten() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 9_999));
        TestPeer alice = connectsWithWritesHeldBack();
        node.clock.advanceSeconds(5);
        node.releases("w");
        node.wants("v", WantMode.WATCH, Trees.leaves("big", 5_000, 9_999));

        node.writesOneTo(alice);

        var asked = node.latestMessagesTo(alice);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().wantList().entries()).extracting(WantListEntry::address)
                .startsWith(new BlockAddress.Leaf(Trees.tree("big"), 5_000)).hasSize(PeerRefresh.BATCH_MAX);
    }

    @Test
    void batchesWaitAsRangesAndNotAsEntries() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 9_999));
        TestPeer alice = node.connects("alice");

        assertThat(node.latest()).filteredOn(EngineOutput.Send.class::isInstance)
                .extracting(EngineOutput.Send.class::cast)
                .allSatisfy(send -> {
                    assertThat(send.peer()).isEqualTo(alice.id());
                    assertThat(send.message().wantList().entries()).isEmpty();
                    assertThat(send.message().wantList().wantHaves()).hasSize(1);
                });
    }

    @Test
    void aPeerThatReadsNothingKeepsNoSetsOfWantsOfItsOwn() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 99_999));
        TestPeer alice = connectsWithWritesHeldBack();
        for (int i = 0; i < 2 * PeerRefresh.FRESH_MAX; i++) {
            node.wants("v" + i, WantMode.WATCH, Trees.leaves("other" + i, 0, 9));
        }
        node.clock.advanceSeconds(60);
        assertThat(node.allMessagesTo(alice)).hasSize(2);
        for (int i = 0; i < 200; i++) {
            node.writesOneTo(alice);
            node.clock.advance(Duration.ofMillis(200));
        }
        var asked = new HashSet<BlockAddress>();
        node.allMessagesTo(alice).forEach(
                message -> message.wantList().entries().forEach(entry -> asked.add(entry.address())));
        assertThat(asked).as("everything has been asked about all the same")
                .hasSize(100_000 + 2 * PeerRefresh.FRESH_MAX * 10);
    }

    @Test
    void aTurnEndsWhenItsLastBatchHasBeenWritten() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 1_999));
        TestPeer alice = connectsWithWritesHeldBack();
        node.clock.advanceSeconds(1);
        assertThat(node.allMessagesTo(alice)).hasSize(2);

        node.writesOneTo(alice);
        assertThat(knowledge(alice).lastRefreshAt()).isEmpty();
        node.clock.advanceSeconds(1);
        node.writesOneTo(alice);

        assertThat(knowledge(alice).lastRefreshAt()).contains(node.clock.now());
    }

    @Test
    void aTurnInWhichNothingNeedsAskingEndsAtOnce() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        node.releases("w");
        node.clock.advanceSeconds(5);
        node.watches("v", "b");

        node.clock.advanceSeconds(5);

        assertThat(node).sentNothing(to(alice));
        assertThat(knowledge(alice).lastRefreshAt()).contains(node.clock.now());
    }

    @Test
    void aTurnInWhichNothingNeedsAskingEndsWhenTheBatchBeforeItHasBeenWritten() {
        node.watches("w", "a");
        TestPeer alice = connectsWithWritesHeldBack();
        node.releases("w");
        node.clock.advanceSeconds(5);
        node.watches("v", "b");
        node.writesOneTo(alice);
        Instant first = node.clock.now();
        node.clock.advanceSeconds(6);
        assertThat(knowledge(alice).lastRefreshAt()).contains(first);

        node.writesOneTo(alice);

        assertThat(knowledge(alice).lastRefreshAt()).contains(node.clock.now());
    }

    @Test
    void aPeerThatTakesEachAskLateIsRefreshedByEachAllTheSame() {
        node.watches("w", "a");
        TestPeer alice = connectsWithWritesHeldBack();
        node.clock.advanceSeconds(45);
        assertThat(knowledge(alice).stale()).isTrue();
        for (int turn = 0; turn < 5; turn++) {
            node.writesOneTo(alice);

            assertThat(knowledge(alice).lastRefreshAt()).contains(node.clock.now());
            node.clock.advance(INTERVAL);
            assertThat(knowledge(alice).stale()).isFalse();
        }
    }

    @Test
    void aPeerThatNeverTookAnAskWasNeverRefreshed() {
        node.watches("w", "a");
        TestPeer alice = connectsWithWritesHeldBack();

        node.clock.advanceSeconds(60);

        assertThat(knowledge(alice).lastRefreshAt()).isEmpty();
        assertThat(knowledge(alice).stale()).isTrue();
    }

    @Test
    void asksThatWereDroppedAreAskedAnewAtOnceAndEndNoTurn() {
        node.watches("w", "ab");
        TestPeer alice = connectsWithWritesHeldBack();
        node.stalls(alice);
        node.dropsWritesTo(alice);
        node.clock.advanceSeconds(5);

        node.reads(alice);

        assertThat(node).sent(to(alice), wantHave("ab"));
        assertThat(knowledge(alice).lastRefreshAt()).isEmpty();
        node.writesOneTo(alice);

        assertThat(knowledge(alice).lastRefreshAt()).contains(node.clock.now());
    }

    @Test
    void wantsThatBeginWhileAPeerDoesNotReadAreAskedInANewTurnWhenItDoes() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);
        node.watches("v", "c");
        node.watches("u", "d");

        node.reads(alice);
        node.clock.advanceSeconds(1);

        var asked = node.allMessagesTo(alice).getLast().wantList();
        assertThat(asked.full()).isTrue();
        assertThat(asked.entries()).extracting(WantListEntry::address)
                .containsExactlyInAnyOrder(Letters.block('c'), Letters.block('d'));
    }

    @Test
    void knowledgeIsStaleWhenNoTurnEndsForThreeTimesItsLengthThoughNothingElseHappens() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(10);
        node.stalls(alice);

        node.clock.advance(INTERVAL.multipliedBy(3).minusMillis(1));
        assertThat(knowledge(alice).stale()).isFalse();
        node.clock.advance(Duration.ofMillis(1));

        assertThat(knowledge(alice).stale()).isTrue();
        assertThat(node.reader().counts().peersStale()).isEqualTo(1);
    }

    @Test
    void knowledgeOfFewerWantsIsStaleSooner() {
        node.wants("big", WantMode.WATCH, Trees.leaves("big", 0, 199_999));
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);

        node.releases("big");
        node.clock.advance(INTERVAL.multipliedBy(3));

        assertThat(knowledge(alice).stale()).isTrue();
    }

    @Test
    void theEngineIsWokenForStaleKnowledgeOnceAndNotForWhatNobodyWants() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);
        node.clock.advanceSeconds(30);
        assertThat(knowledge(alice).stale()).isTrue();
        node.clock.advanceSeconds(3_600);
        assertThat(node.latest()).isEmpty();
        TestPeer bob = node.connects("bob");
        node.stalls(bob);

        node.releases("w");
        node.clock.advanceSeconds(3_600);

        assertThat(node.latest()).isEmpty();
        assertThat(knowledge(bob).stale()).isFalse();
    }

    @Test
    void knowledgeAgesOnlyWhileSomethingIsWanted() {
        TestPeer alice = connectsWithWritesHeldBack();
        node.clock.advanceSeconds(3_600);

        node.watches("w", "a");
        assertThat(knowledge(alice).stale()).isFalse();
        node.clock.advance(INTERVAL.multipliedBy(3));

        assertThat(knowledge(alice).stale()).isTrue();
    }

    private TestPeer connectsWithWritesHeldBack() {
        var peer = new TestPeer(node, "alice");
        node.holdsBackWritesTo(peer);
        node.connects(peer);
        return peer;
    }

    private Knowledge knowledge(TestPeer peer) {
        return node.reader().peer(peer.id()).orElseThrow().knowledge();
    }
}
