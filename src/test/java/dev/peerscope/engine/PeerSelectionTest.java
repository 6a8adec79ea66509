package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.cancel;
import static dev.peerscope.engine.Sentence.deliver;
import static dev.peerscope.engine.Sentence.wantBlock;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.ExchangeEvent.ClaimsSettled;

/** Of whom a block is requested, and of whom it is no more. */
class PeerSelectionTest {

    private final TestNode node = new TestNode();

    @Test
    void requestsSpreadOverPeersThatAreEquallyGood() {
        node.watches("w", "abcdef");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("abcdef");
        bob.has("abcdef");

        node.downloads("d", "abcdef");

        assertThat(node.reader().peer(alice.id()).orElseThrow().requestedCount()).isEqualTo(3);
        assertThat(node.reader().peer(bob.id()).orElseThrow().requestedCount()).isEqualTo(3);
    }

    @Test
    void aPeerThatAnswersQuicklyIsPreferred() {
        node.watches("w", "abc");
        TestPeer slow = node.connects("slow");
        TestPeer quick = node.connects("quick");
        slow.has("ac");
        quick.has("bc");
        node.downloads("d", "ab");
        node.receives(from(quick), deliver("b"));
        node.stores(quick, "b");
        node.clock.advanceSeconds(2);
        node.receives(from(slow), deliver("a"));
        node.stores(slow, "a");

        node.downloads("e", "c");

        assertThat(node).sent(to(quick), wantBlock("c"));
    }

    @Test
    void theCheapestIsPreferredWhereSoConfigured() {
        var node = nodeWith(512, 3_000, true);
        node.watches("w", "ab");
        TestPeer dear = node.connects("dear");
        TestPeer cheap = node.connects("cheap");
        dear.has("ab", 9);
        cheap.has("ab", 2);

        node.downloads("d", "ab");

        assertThat(node).sent(to(cheap), wantBlock("ab"));
    }

    @Test
    void aDenialOfARequestedBlockWithdrawsTheRequestAndAsksElsewhere() {
        node.downloads("d", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");
        bob.has("a");

        alice.denies("a");

        assertThat(node).sent(to(alice), cancel("a"));
        assertThat(node).sent(to(bob), wantBlock("a"));
        assertThat(node).happened(ClaimsSettled.class, claims -> claims.outcome() == ClaimOutcome.DONT_HAVE);
    }

    private static TestNode nodeWith(int requestsPerPeer, int retries, boolean preferCheap) {
        return new TestNode(new EngineSettings(Duration.ofSeconds(10), 10_000, Duration.ofSeconds(10),
                Duration.ofSeconds(60), requestsPerPeer, retries, preferCheap), EngineLimits.DEFAULT);
    }
}
