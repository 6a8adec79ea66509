package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.have;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.from;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.event.PresenceState;

/** The clock on the wall may be set: nothing happens sooner or later for that, and what happens is shown with its time. */
class ClockSetTest {

    private static final EngineSettings DEFAULT = EngineSettings.DEFAULT;

    private final TestNode node = new TestNode();

    @ParameterizedTest
    @ValueSource(ints = {-40, 40})
    void nothingExpiresAndNobodyIsDroppedWhenTheClockIsSet(int days) {
        node.watches("w", "a");
        node.downloads("d", "b");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        node.clock.advance(DEFAULT.refreshShortestInterval());

        node.clock.jump(Duration.ofDays(days));
        node.clock.advance(DEFAULT.refreshAnswerTimeout().minusMillis(1));

        assertThat(node.reader().presence(alice.id(), Letters.block('a')).state()).isEqualTo(PresenceState.HAVE);
        assertThat(node.reader().peer(alice.id()).orElseThrow().knowledge().stale()).isFalse();
        node.clock.advance(Duration.ofMillis(1));
        assertThat(node.reader().presence(alice.id(), Letters.block('a')).state()).isEqualTo(PresenceState.UNKNOWN);
    }

    /** As at a start before the clock was set by the net, or for a moment at any time. */
    @ParameterizedTest
    @ValueSource(ints = {-40, 40})
    void aClockThatWasWrongForAMomentHoldsUpNoRefresh(int days) {
        node.clock.jump(Duration.ofDays(days));
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        alice.has("a");
        node.clock.jump(Duration.ofDays(-days));

        node.clock.advance(DEFAULT.refreshShortestInterval());

        assertThat(node).sent(to(alice), wantHave("a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-40, 40})
    void whatHappensIsShownWithTheTimeOnTheWall(int days) {
        node.watches("w", "ab");
        TestPeer alice = node.connects("alice");
        alice.has("ab");
        node.clock.jump(Duration.ofDays(days));
        node.clock.advance(Duration.ofSeconds(1));
        Instant now = node.clock.wallTime();

        node.receives(from(alice), have("ab"));

        assertThat(node.latestEvents()).isNotEmpty().allMatch(event -> event.at().equals(now));
        assertThat(node.reader().presence(alice.id(), Letters.block('a')).confirmedAt()).contains(now);
        assertThat(node.reader().peer(alice.id()).orElseThrow().lastExchangeAt()).contains(now);
    }
}
