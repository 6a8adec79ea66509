package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.dontHave;
import static dev.peerscope.engine.Sentence.have;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.ExchangeEvent.PresenceTold;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.WantList;

class PresenceRulesTest {

    private final TestNode node = new TestNode();

    @Test
    void whatWeWatchIsAskedOfAPeerThatJoinsAndItsAnswerIsItsHaveSet() {
        node.watches("w", "abcM");

        TestPeer alice = node.connects("alice");
        assertThat(node).sent(to(alice), wantHave("abcM"));
        alice.has("abM");

        assertThat(node).changed(alice, PresenceChange.ADDED, PresenceReason.ANNOUNCED, "abM");
        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isEqualTo(3);
    }

    @Test
    void aDenialNeverCountsAsHaving() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");

        alice.denies("ab");

        assertThat(node).changed(alice, PresenceChange.DENIED, PresenceReason.DONT_HAVE_RECEIVED, "ab");
        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isZero();
        assertThat(node.reader().haveSet(alice.id(), 10, 10).deniedCount()).isEqualTo(2);
        assertThat(node.reader().block(Letters.block('a'), 10).holders()).isEmpty();
        assertThat(node.reader().block(Letters.block('a'), 10).deniers()).containsExactly(alice.id());
    }

    @Test
    void aDenialNeverTriggersARequest() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");

        alice.denies("a");

        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void whatAPeerDidNotSpeakOfIsUnknown() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");

        alice.has("a");

        assertThat(node.reader().presence(alice.id(), Letters.block('b')).state()).isEqualTo(PresenceState.UNKNOWN);
        assertThat(node.reader().block(Letters.block('b'), 10).unknown()).isEqualTo(1);
    }

    @Test
    void presenceOutsideOurWantsIsCountedAndNotRecorded() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), have("abcdM"), dontHave("eN"));

        assertThat(node).happened(PresenceTold.class,
                told -> told.applied() == 2 && told.ignored() == 5 && told.confirmed() == 0 && told.rejected() == 0);
        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isEqualTo(2);
    }

    @Test
    void reconfirmationIsNoChangeButMovesTheTimeOfConfirmation() {
        node.watches("w", "abM");
        TestPeer alice = node.connects("alice");
        alice.has("abM");
        node.clock.advanceSeconds(3);

        alice.has("abM");

        assertThat(node).changedNoPresence();
        assertThat(node).happened(PresenceTold.class, told -> told.confirmed() == 3 && told.applied() == 0);
        assertThat(node.reader().presence(alice.id(), Letters.block('a')).confirmedAt())
                .contains(TestNode.START.plusSeconds(3));
        assertThat(node.reader().presence(alice.id(), Letters.block('M')).confirmedAt())
                .contains(TestNode.START.plusSeconds(3));
    }

    @Test
    void reannouncementAtAnotherPriceIsRepricing() {
        node.watches("w", "abM");
        TestPeer alice = node.connects("alice");
        alice.has("abM", 5);

        alice.has("aM", 7);

        assertThat(node).changed(alice, PresenceChange.REPRICED, PresenceReason.PRICE_CHANGED, "aM");
        assertThat(presenceChanges()).allSatisfy(change -> {
            assertThat(change.price()).contains(Price.of(7));
            assertThat(change.previousPrice()).contains(Price.of(5));
            assertThat(change.previousState()).isEqualTo(PresenceState.HAVE);
        });
        assertThat(node.reader().presence(alice.id(), Letters.block('b')).price()).contains(Price.of(5));
    }

    @Test
    void aHaveAfterADenialIsAddedFromDontHave() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        alice.denies("a");

        alice.has("ab");

        assertThat(presenceChanges()).extracting(PresenceChanged::change).containsOnly(PresenceChange.ADDED);
        assertThat(presenceChanges()).extracting(PresenceChanged::previousState)
                .containsExactlyInAnyOrder(PresenceState.DONT_HAVE, PresenceState.UNKNOWN);
    }

    @Test
    void aDenialAfterAHaveIsDeniedFromHaveWithThePriceItHad() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a", 5);

        alice.denies("a");

        assertThat(node).happened(PresenceChanged.class, change -> change.change() == PresenceChange.DENIED
                && change.previousPrice().equals(Optional.of(Price.of(5))) && change.price().isEmpty());
    }

    @Test
    void ofTwoRecordsAboutTheSameBlockTheLastOneHolds() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), have("ab", 5), dontHave("a"), have("b", 6), have("b", 7));

        assertThat(node.reader().presence(alice.id(), Letters.block('a')).state()).isEqualTo(PresenceState.DONT_HAVE);
        assertThat(node.reader().presence(alice.id(), Letters.block('b')).price()).contains(Price.of(7));
        assertThat(node).happened(PresenceTold.class, told -> told.applied() == 2 && told.rejected() == 3);
    }

    @Test
    void oneMessageMakesOneChangePerTreeKindAndFormerState() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 9_999));
        TestPeer alice = node.connects("alice");
        var evens = BlockRanges.builder();
        for (int index = 0; index < 1_024; index += 2) {
            evens.add(index);
        }
        node.receives(alice, Trees.have("big", evens.build().toString()));

        assertThat(node).happened(PresenceChanged.class,
                change -> change.blocks().equals(new BlockSet.Leaves(Trees.tree("big"), evens.build())));
    }

    @Test
    void recordsThatTheDecoderRefusedAreToldAsRejected() {
        TestPeer alice = node.connects("alice");
        var refused = new RejectedRecord(RejectedRecord.Part.PRESENCE, RejectedRecord.Reason.CID_INVALID);

        node.receives(alice, new ExchangeMessage(WantList.EMPTY, List.of(), List.of(), 0, Optional.empty(),
                Optional.empty(), List.of(refused, refused)));

        assertThat(node).happened(PresenceTold.class, told -> told.rejected() == 2);
    }

    @Test
    void whenAWantEndsItsPresenceLeavesEveryContextAtOnce() {
        node.watches("w", "abM");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("aM");
        bob.denies("bM");

        node.releases("w");

        assertThat(node).changed(alice, PresenceChange.REMOVED, PresenceReason.RELEASED, "aM");
        assertThat(node).changed(bob, PresenceChange.UNDENIED, PresenceReason.RELEASED, "bM");
    }

    @Test
    void aNewTellingOfABlockOutsideTheEnginesIndicesIsIgnored() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");

        node.receives(alice, ExchangeMessage.ofPresences(List.of(dev.peerscope.message.BlockPresence.have(
                new BlockSet.Leaves(Letters.TREE, BlockRanges.of(1L << 40, (1L << 40) + 9)), Price.ZERO))));

        assertThat(node).happened(PresenceTold.class, told -> told.ignored() == 10);
        assertThat(node).didNotHappen(ExchangeEvent.PresenceChanged.class);
    }

    private List<PresenceChanged> presenceChanges() {
        return node.latestEvents().stream().filter(PresenceChanged.class::isInstance).map(PresenceChanged.class::cast)
                .toList();
    }
}
