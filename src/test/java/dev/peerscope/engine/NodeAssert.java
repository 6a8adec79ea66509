package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import dev.peerscope.block.BlockSet;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantType;

/** Says what a node has just done: everything since the last thing that the test made happen. */
final class NodeAssert extends AbstractAssert<NodeAssert, TestNode> {

    private NodeAssert(TestNode node) {
        super(node, NodeAssert.class);
    }

    static NodeAssert assertThat(TestNode node) {
        return new NodeAssert(node);
    }

    /** To this peer the node said this and nothing else; the order of what it said does not matter. */
    NodeAssert sent(TestPeer to, Sentence... sentences) {
        List<Sentence> expected = new ArrayList<>(Arrays.asList(sentences));
        expected.sort(Comparator.comparing(Sentence::verb));
        Assertions.assertThat(Sentence.of(actual.latestMessagesTo(to))).as("said to %s", to).isEqualTo(expected);
        return this;
    }

    NodeAssert sentNothing(TestPeer to) {
        return sent(to);
    }

    /** The blocks that are to be sent to this peer now, in this order. */
    NodeAssert sentBlocks(TestPeer to, String letters) {
        String served = actual.latest().stream().filter(EngineOutput.SendBlocks.class::isInstance)
                .map(EngineOutput.SendBlocks.class::cast).filter(send -> send.peer().equals(to.id()))
                .flatMap(send -> send.addresses().stream()).map(Letters::letterOf).collect(Collectors.joining());
        Assertions.assertThat(served).as("blocks for %s", to).isEqualTo(letters);
        return this;
    }

    /** The delivered blocks that are to be verified now. */
    NodeAssert verifies(String letters) {
        String verified = actual.latest().stream().filter(EngineOutput.VerifyAndStore.class::isInstance)
                .flatMap(output -> ((EngineOutput.VerifyAndStore) output).deliveries().stream())
                .map(delivery -> Letters.letterOf(delivery.address())).collect(Collectors.joining());
        Assertions.assertThat(verified).as("blocks to verify").isEqualTo(letters);
        return this;
    }

    /** Presence at this peer changed so, with one event per tree or single block. */
    NodeAssert changed(TestPeer peer, PresenceChange change, PresenceReason reason, String letters) {
        List<BlockSet> blocks = actual.latestEvents().stream()
                .filter(ExchangeEvent.PresenceChanged.class::isInstance).map(ExchangeEvent.PresenceChanged.class::cast)
                .filter(event -> event.peer().equals(peer.id()) && event.change() == change
                        && event.reason() == reason)
                .map(ExchangeEvent.PresenceChanged::blocks).toList();
        Assertions.assertThat(blocks).as("%s (%s) at %s", change, reason, peer).isEqualTo(Letters.sets(letters));
        return this;
    }

    NodeAssert changedNoPresence() {
        Assertions.assertThat(actual.latestEvents()).noneMatch(ExchangeEvent.PresenceChanged.class::isInstance);
        return this;
    }

    /** Exactly one event of this kind happened, and it is like this. */
    <E extends ExchangeEvent> NodeAssert happened(Class<E> kind, Predicate<E> like) {
        List<E> events = actual.latestEvents().stream().filter(kind::isInstance).map(kind::cast).toList();
        Assertions.assertThat(events).as(kind.getSimpleName()).singleElement().matches(like);
        return this;
    }

    NodeAssert didNotHappen(Class<? extends ExchangeEvent> kind) {
        Assertions.assertThat(actual.latestEvents()).noneMatch(kind::isInstance);
        return this;
    }

    NodeAssert disconnected(TestPeer peer, DepartureReason reason) {
        Assertions.assertThat(actual.latest()).filteredOn(EngineOutput.Disconnect.class::isInstance)
                .extracting(output -> ((EngineOutput.Disconnect) output).peer(),
                        output -> ((EngineOutput.Disconnect) output).reason())
                .containsExactly(Assertions.tuple(peer.id(), reason));
        return this;
    }

    static boolean hasWantBlock(ExchangeMessage message) {
        return message.wantList().entries().stream().anyMatch(entry -> entry.wantType() == WantType.BLOCK);
    }
}
