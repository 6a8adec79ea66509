package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.deliver;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;
import dev.peerscope.message.Account;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.peer.Direction;

class JoinAndLeaveTest {

    private final TestNode node = new TestNode();

    @Test
    void aContextIsMadeOnJoinAndGoneAfterLeave() {
        TestPeer alice = node.connects("alice");
        assertThat(node).happened(ExchangeEvent.PeerJoined.class, joined -> joined.peer().equals(alice.id()));
        assertThat(node.reader().peer(alice.id())).isPresent();

        node.disconnects(alice, DepartureReason.PEER_CLOSED);

        assertThat(node.reader().peers()).isEmpty();
        assertThat(node).happened(ExchangeEvent.PeerLeft.class,
                left -> left.reason() == DepartureReason.PEER_CLOSED && left.joinedAt().equals(TestNode.START));
    }

    @Test
    void aMessageMakesNoContext() {
        var stranger = new TestPeer(node, "stranger");

        stranger.wants("a");

        assertThat(node.latest()).isEmpty();
        assertThat(node.reader().peers()).isEmpty();
    }

    @Test
    void aNodeThatWantsNothingSendsNothing() {
        TestPeer alice = node.connects("alice");

        assertThat(node).sentNothing(to(alice));
        node.clock.advanceSeconds(60);
        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void onJoinOurWantsAreAskedInBatchesOfWhichOnlyTheFirstIsFull() {
        node.wants("w", WantMode.WATCH, Trees.leaves("big", 0, 2_499));

        TestPeer alice = node.connects("alice");
        node.clock.advanceSeconds(1);

        List<WantList> lists = node.allMessagesTo(alice).stream().map(ExchangeMessage::wantList).toList();
        assertThat(lists).extracting(list -> list.entries().size()).containsExactly(1_024, 1_024, 452);
        assertThat(lists).extracting(WantList::full).containsExactly(true, false, false);
    }

    @ParameterizedTest
    @EnumSource(DepartureReason.class)
    void presenceLeavesWithThePeerAndForTheReasonThatFitsItsDeparture(DepartureReason reason) {
        node.watches("w", "abcM");
        TestPeer alice = node.connects("alice");
        alice.has("abM").denies("c");

        node.disconnects(alice, reason);

        assertThat(node).changed(alice, PresenceChange.REMOVED, reason.presenceReason(), "abM");
        assertThat(node).changed(alice, PresenceChange.UNDENIED, reason.presenceReason(), "c");
    }

    @Test
    void whatALeaveCausesIsToldBeforeTheLeaveItself() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a").wants("y");

        node.disconnects(alice, DepartureReason.CONNECTION_LOST);

        assertThat(node.latestEvents()).extracting(Object::getClass).extracting(Class::getSimpleName)
                .containsExactly("PresenceChanged", "WantListChanged", "ClaimsSettled", "PeerLeft");
        assertThat(node).happened(ExchangeEvent.WantListChanged.class,
                changed -> changed.change() == WantListChange.REMOVED && changed.reason() == WantListReason.PEER_LEFT);
    }

    @Test
    void whatWasRequestedOfAPeerThatLeavesIsAskedOfAnotherAtOnce() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");
        bob.has("a");

        node.disconnects(alice, DepartureReason.CONNECTION_LOST);

        assertThat(node).sent(to(bob), wantBlock("a"));
        assertThat(node).sentNothing(to(alice));
    }

    @Test
    void anInputOfAFormerSessionIsIgnored() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        long formerSession = alice.session();
        node.disconnects(alice, DepartureReason.CONNECTION_LOST);
        node.connects(alice);

        node.when(new EngineInput.PeerDisconnected(alice.id(), formerSession, DepartureReason.CONNECTION_LOST));
        node.when(new EngineInput.MessageReceived(alice.id(), formerSession, Sentence.have("a").message()));

        assertThat(node.latest()).isEmpty();
        assertThat(node.reader().peer(alice.id())).isPresent();
    }

    @Test
    void aPeerThatComesBackIsAskedAnewAndKnownAnew() {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        node.disconnects(alice, DepartureReason.CONNECTION_LOST);

        node.connects(alice);
        assertThat(node).sent(to(alice), wantHave("ab"));
        alice.has("a");

        assertThat(node).changed(alice, PresenceChange.ADDED, PresenceReason.ANNOUNCED, "a");
    }

    @Test
    void theAccountThatAPeerNamesIsKept() {
        TestPeer alice = node.connects("alice");
        var account = new Account("00".repeat(20));

        node.receives(alice, new ExchangeMessage(WantList.EMPTY, List.of(), List.of(), 0, Optional.of(account),
                Optional.empty(), List.of()));

        assertThat(node).happened(ExchangeEvent.AccountReceived.class,
                event -> event.account().equals(account.hex()));
        assertThat(node.reader().peer(alice.id()).orElseThrow().account()).contains(account);
    }

    @Test
    void peersAreCountedByDirection() {
        node.connects("alice");

        assertThat(node.reader().counts().peersByDirection()).containsEntry(Direction.INBOUND, 1)
                .containsEntry(Direction.OUTBOUND, 0);
    }

    @Test
    void aBlockStoredAfterItsDelivererLeftIsHeldAllTheSame() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.receives(alice, deliver("a"));
        node.disconnects(alice, DepartureReason.CONNECTION_LOST);

        node.stores(alice, "a");

        assertThat(node.reader().block(Letters.block('a'), 10).heldByUs()).isTrue();
        assertThat(node.reader().wants(Optional.empty(), 10)).isEmpty();
    }
}
