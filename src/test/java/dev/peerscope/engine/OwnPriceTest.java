package dev.peerscope.engine;

import static dev.peerscope.engine.Sentence.wantHave;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;

class OwnPriceTest {

    private final TestNode node = new TestNode().holds("abc");
    private final TestPeer alice = node.connects("alice");

    @Test
    void whatWeHoldIsFreeUntilAPriceIsSet() {
        node.receives(alice, wantHave("a"));

        assertThat(told()).containsExactly(BlockPresence.have(blocks("a"), Price.ZERO));
    }

    @Test
    void weAskThePresentPriceForWhatWeHold() {
        node.when(new EngineInput.PriceChanged(Price.of(7)));

        node.receives(alice, wantHave("abx"));

        assertThat(told()).containsExactly(BlockPresence.have(blocks("ab"), Price.of(7)),
                BlockPresence.dontHave(blocks("x")));
    }

    @Test
    void aNewPriceIsNotAnnouncedUnasked() {
        node.receives(alice, wantHave("a"));

        node.when(new EngineInput.PriceChanged(Price.of(7)));

        assertThat(told()).isEmpty();
    }

    @Test
    void aPriceThatChangesWhileThePeerDoesNotReadIsTheOneThatItIsTold() {
        node.stalls(alice);
        node.receives(alice, wantHave("a"));
        node.when(new EngineInput.PriceChanged(Price.of(7)));
        node.receives(alice, wantHave("b"));

        node.reads(alice);

        assertThat(told()).containsExactly(BlockPresence.have(blocks("ab"), Price.of(7)));
    }

    private List<BlockPresence> told() {
        return node.latestMessagesTo(alice).stream().flatMap(message -> message.presences().stream()).toList();
    }

    private static BlockSet blocks(String letters) {
        return Letters.sets(letters).getFirst();
    }
}
