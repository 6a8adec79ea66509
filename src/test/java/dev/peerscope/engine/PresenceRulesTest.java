package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;

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
}
