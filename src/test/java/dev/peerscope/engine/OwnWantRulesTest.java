package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.engine.EngineReader.OwnWant;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;

class OwnWantRulesTest {

    private final TestNode node = new TestNode();

    @Test
    void aWantExistsWhileAtLeastOneHolderHoldsIt() {
        node.watches("w", "abc");
        node.watches("v", "bcd");

        node.releases("w");
        assertThat(wanted()).isEqualTo("bcd");
        node.releases("v");

        assertThat(wanted()).isEmpty();
    }

    @Test
    void aHolderCalledAgainHoldsTheNewBlocksAsWell() {
        node.watches("w", "a");

        node.watches("w", "bM");

        assertThat(wanted()).isEqualTo("abM");
        assertThat(node.reader().holder("w").orElseThrow().remaining()).isEqualTo(3);
    }

    @Test
    void presenceOfABlockThatAnotherHolderStillWantsStays() {
        node.watches("w", "ab");
        node.watches("v", "b");
        TestPeer alice = node.connects("alice");
        alice.has("ab");

        node.releases("w");

        assertThat(node).changed(alice, PresenceChange.REMOVED, PresenceReason.RELEASED, "a");
        assertThat(node.reader().haveSet(alice.id(), 10, 10).haveCount()).isEqualTo(1);
    }

    @Test
    void aWantKeepsTheTimeOfItsBeginningWhileItLasts() {
        node.watches("w", "a");
        node.clock.advanceSeconds(5);

        node.watches("v", "ab");
        node.releases("w");

        assertThat(node.reader().wants(Optional.empty(), 10)).extracting(OwnWant::since)
                .containsExactly(TestNode.START, TestNode.START.plusSeconds(5));
    }

    @Test
    void aWatchKeepsABlockThatIsHeldHere() {
        node.holds("a");

        node.watches("w", "a");
        TestPeer alice = node.connects("alice");

        assertThat(node).sent(to(alice), wantHave("a"));
    }

    @Test
    void aBlockImportedWhileADownloadWantsItNeedsNoPeer() {
        node.downloads("d", "ab");

        node.holds("a");

        assertThat(wanted()).isEqualTo("b");
        assertThat(node.reader().holder("d").orElseThrow().remaining()).isEqualTo(1);
    }

    @Test
    void releasingAnUnknownHolderDoesNothing() {
        node.releases("nobody");

        assertThat(node.latest()).isEmpty();
    }

    @Test
    void wantsArePagedInTheOrderOfAddresses() {
        node.watches("w", "abcMN");

        List<OwnWant> first = node.reader().wants(Optional.empty(), 3);
        List<OwnWant> second = node.reader().wants(Optional.of(first.getLast().address()), 1);
        List<OwnWant> third = node.reader().wants(Optional.of(second.getLast().address()), 10);

        assertThat(first).extracting(want -> Letters.letterOf(want.address())).containsExactly("a", "b", "c");
        assertThat(second).hasSize(1);
        assertThat(third).hasSize(1);
        assertThat(third).isNotEqualTo(second);
    }

    private String wanted() {
        StringBuilder letters = new StringBuilder();
        node.reader().wants(Optional.empty(), 100).forEach(want -> letters.append(Letters.letterOf(want.address())));
        return letters.toString();
    }
}
