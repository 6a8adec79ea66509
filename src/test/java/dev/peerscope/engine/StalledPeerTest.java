package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.cancel;
import static dev.peerscope.engine.Sentence.dontHave;
import static dev.peerscope.engine.Sentence.have;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.limit.LimitName;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.PresenceType;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;

class StalledPeerTest {

    private final TestNode node = new TestNode();

    @Test
    void nothingIsProducedForAPeerThatDoesNotRead() {
        node.holds("a");
        node.watches("w", "bcd");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);

        node.receives(from(alice), wantHave("a"), wantBlock("a"), have("b"));
        assertThat(node).sentNothing(to(alice)).sentBlocks(to(alice), "");
        node.downloads("d", "b");
        assertThat(node).sentNothing(to(alice));
        node.clock.advanceSeconds(60);

        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void whatAPeerToldWhileStalledIsRecordedAllTheSame() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);

        alice.has("ab");

        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isEqualTo(2);
    }

    @Test
    void answersWaitUntilThePeerReadsAgainAndTheLastOneCounts() {
        node.holds("a");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);
        node.receives(from(alice), wantHave("ab"));
        node.loses("a");
        node.receives(from(alice), wantHave("a"));

        node.reads(alice);

        assertThat(node).sent(to(alice), dontHave("ab"));
    }

    @Test
    void cancelsWaitToo() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.stalls(alice);

        node.releases("d");
        assertThat(node).sentNothing(to(alice));
        node.reads(alice);

        assertThat(node).sent(to(alice), cancel("a"));
    }

    @Test
    void requestsGoToPeersThatRead() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");
        bob.has("a");
        node.stalls(alice);

        node.downloads("d", "a");

        assertThat(node).sent(to(bob), wantBlock("a"));
    }

    @Test
    void aPeerThatReadsAgainIsServedRequestedFromAndRefreshed() {
        node.watches("w", "bc");
        TestPeer alice = node.connects("alice");
        alice.has("b");
        node.stalls(alice);
        node.holds("a");
        alice.wants("a");
        node.downloads("d", "b");
        node.clock.advanceSeconds(15);

        node.reads(alice);

        assertThat(node).sentBlocks(to(alice), "a");
        assertThat(node).sent(to(alice), wantHave("c"), wantBlock("b"));
    }

    @Test
    void answersWaitAsSetsUntilThePeerTakesTheMessagesBeforeThem() {
        var alice = new TestPeer(node, "alice");
        node.holdsBackWritesTo(alice);
        node.connects(alice);

        node.receives(from(alice), wantHaveOf(5_000));
        assertThat(node.latestMessagesTo(alice)).hasSize(Outbox.UNWRITTEN_MAX);
        node.writesOneTo(alice);
        assertThat(node.latestMessagesTo(alice)).hasSize(1);
        node.writesOneTo(alice);
        node.writesOneTo(alice);
        node.writesOneTo(alice);
        node.writesOneTo(alice);

        assertThat(node.allMessagesTo(alice)).hasSize(5).allSatisfy(message -> assertThat(message.presences())
                .allMatch(presence -> presence.type() == PresenceType.DONT_HAVE));
        assertThat(node.allMessagesTo(alice).stream().flatMap(message -> message.presences().stream())
                .mapToLong(presence -> presence.blocks().count()).sum()).isEqualTo(5_000);
    }

    @Test
    void requestsAndCancelsWaitUntilThePeerTakesTheMessagesBeforeThem() {
        node.watches("w", "abc");
        var alice = new TestPeer(node, "alice");
        node.connects(alice);
        alice.has("abc");
        node.holdsBackWritesTo(alice);
        node.downloads("d", "a");
        node.downloads("e", "b");

        node.downloads("f", "c");
        assertThat(node).sentNothing(to(alice));
        node.releases("f");
        node.writesOneTo(alice);

        assertThat(node).sent(to(alice), cancel("c"));
    }

    private static ExchangeMessage wantHaveOf(int leaves) {
        List<WantListEntry> entries = new ArrayList<>();
        Trees.leaves("big", 0, leaves - 1L).getFirst().addresses()
                .forEach(address -> entries.add(WantListEntry.wantHave(address)));
        return ExchangeMessage.of(new WantList(entries, false));
    }

    @Test
    void moreAnswersThanTheBoundAreNotGiven() {
        var node = new TestNode(EngineSettings.DEFAULT, Limits.with(limits -> limits.peerAnswers = 2));
        node.holds("abc");
        TestPeer alice = node.connects("alice");
        node.stalls(alice);

        node.receives(from(alice), wantHave("abc"));
        assertThat(node).happened(LimitMet.class, met -> met.limit() == LimitName.PEER_ANSWERS && met.times() == 1);
        node.reads(alice);

        assertThat(node).sent(to(alice), have("ab"));
    }
}
