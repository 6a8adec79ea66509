package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.have;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.Price;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.event.ExchangeEvent.PresenceTold;
import dev.peerscope.limit.LimitName;

/** Meeting a bound has a name, is counted, and costs only the one who met it. */
class BoundsTest {

    @Test
    void aPeerTooManyIsNotLetIn() {
        TestNode node = nodeWith(limits -> limits.peers = 1);
        node.connects("alice");

        TestPeer bob = node.connects("bob");

        assertThat(node).disconnected(bob, DepartureReason.LIMIT_MET).didNotHappen(PeerJoined.class);
        assertMet(node, LimitName.PEERS, Optional.of(bob), 1);
        assertThat(node.reader().peers()).hasSize(1);
    }

    @Test
    void aWantTooManyOfAPeerIsNotRecorded() {
        TestNode node = nodeWith(limits -> limits.peerWantList = 2);
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), wantBlock("abcd"));

        assertMet(node, LimitName.PEER_WANT_LIST, Optional.of(alice), 2);
        assertThat(node.reader().wantList(alice.id(), 0, 10)).hasSize(2);
    }

    @Test
    void presenceTooMuchIsRejectedButWhatIsKnownCanStillChange() {
        TestNode node = nodeWith(limits -> limits.peerPresences = 3);
        node.watches("w", "abcdeM");
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), have("bcdeM"));
        assertMet(node, LimitName.PEER_PRESENCES, Optional.of(alice), 2);
        assertThat(node).happened(PresenceTold.class, told -> told.applied() == 3 && told.rejected() == 2);
        node.receives(from(alice), have("abM", 7));

        assertMet(node, LimitName.PEER_PRESENCES, Optional.of(alice), 2);
        assertThat(node.reader().presence(alice.id(), Letters.block('b')).price()).contains(Price.of(7));
    }

    @Test
    void aPriceTooManyWithinOneTreeIsRejected() {
        TestNode node = nodeWith(limits -> limits.peerPrices = 2);
        node.watches("w", "abcd");
        TestPeer alice = node.connects("alice");

        node.receives(from(alice), have("a", 1), have("b", 2), have("c", 3), have("d", 2));

        assertMet(node, LimitName.PEER_PRICES, Optional.of(alice), 1);
        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isEqualTo(3);
    }

    @Test
    void aPriceOfBlocksForWhichThereIsNoRoomTakesNone() {
        TestNode node = nodeWith(limits -> {
            limits.peerPrices = 2;
            limits.peerPresences = 1;
        });
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        node.receives(from(alice), have("a", 1));

        node.receives(from(alice), have("b", 2), have("a", 3));

        assertMet(node, LimitName.PEER_PRESENCES, Optional.of(alice), 1);
        assertThat(node.reader().presence(alice.id(), Letters.block('a')).price()).contains(Price.of(3));
    }

    @Test
    void theUseOfABoundOnPeersIsThatOfThePeerThatUsesMost() {
        var node = new TestNode();
        node.watches("w", "abcM");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        node.stalls(bob);

        node.receives(from(alice), have("a", 1), have("b", 2), have("cM", 2));
        node.receives(from(alice), wantBlock("d"));
        node.receives(from(bob), wantHave("abc"));

        assertThat(node.limits().use(LimitName.PEER_WANT_LIST).used()).isEqualTo(1);
        assertThat(node.limits().use(LimitName.PEER_PRESENCES).used()).isEqualTo(4);
        assertThat(node.limits().use(LimitName.PEER_PRICES).used()).isEqualTo(2);
        assertThat(node.limits().use(LimitName.PEER_ANSWERS).used()).isEqualTo(3);
        assertThat(node.limits().use(LimitName.PEERS).used()).isEqualTo(2);
        assertThat(node.limits().use(LimitName.WANTS).used()).isEqualTo(4);
        assertThat(node.limits().use(LimitName.PROVEN_WRONG).used()).isZero();
    }

    @Test
    void aWantTooManyRefusesTheWholeWatch() {
        TestNode node = nodeWith(limits -> limits.wants = 3);
        node.watches("w", "ab");

        node.watches("v", "cd");

        assertMet(node, LimitName.WANTS, Optional.empty(), 1);
        assertThat(node.reader().wants(Optional.empty(), 10)).hasSize(2);
        assertThat(node.reader().holder("v")).isEmpty();
    }

    @Test
    void blocksThatAreWantedAlreadyCountOnce() {
        TestNode node = nodeWith(limits -> limits.wants = 3);
        node.watches("w", "ab");

        node.watches("v", "abc");

        assertThat(node.reader().wants(Optional.empty(), 10)).hasSize(3);
    }

    @Test
    void aLeafBeyondTheHighestIndexRefusesTheWholeWatch() {
        var node = new TestNode();

        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 1L << 31));

        assertMet(node, LimitName.WANTS, Optional.empty(), 1);
        assertThat(node.reader().holder("w")).isEmpty();
    }

    @Test
    void aHolderTooManyIsRefused() {
        TestNode node = nodeWith(limits -> limits.wantHolders = 1);
        node.watches("w", "a");

        node.watches("v", "b");
        assertMet(node, LimitName.WANT_HOLDERS, Optional.empty(), 1);
        node.watches("w", "c");

        assertThat(node.reader().wants(Optional.empty(), 10)).hasSize(2);
    }

    @Test
    void onePeersBoundCostsNobodyElse() {
        TestNode node = nodeWith(limits -> limits.peerPresences = 1);
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("ab");

        bob.has("b");

        assertThat(node).didNotHappen(LimitMet.class).sentNothing(to(bob));
        assertThat(node.reader().haveSet(bob.id(), 10, 10).haveCount()).isEqualTo(1);
    }

    private static TestNode nodeWith(Consumer<Limits> change) {
        return new TestNode(EngineSettings.DEFAULT, Limits.with(change));
    }

    private static void assertMet(TestNode node, LimitName limit, Optional<TestPeer> peer, long times) {
        assertThat(node).happened(LimitMet.class, met -> met.limit() == limit
                && met.peer().equals(peer.map(TestPeer::id)) && met.times() == times);
    }
}
