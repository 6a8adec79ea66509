package dev.peerscope.engine;

import static dev.peerscope.engine.NodeAssert.assertThat;
import static dev.peerscope.engine.Sentence.wantHave;
import static dev.peerscope.engine.TestNode.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import dev.peerscope.engine.EngineOutput.WakeAt;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.peer.Direction;

class WakeTest {

    private final TestNode node = new TestNode();

    @Test
    void aWakeIsAskedForOnceAndOnlyWhenItsTimeChanges() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        assertThat(wakes()).isNotEmpty();

        alice.has("a");
        alice.has("a");

        assertThat(wakes()).isEmpty();
    }

    @Test
    void aWakeThatComesTooEarlyIsAskedForAgain() {
        node.watches("w", "a");
        node.connects("alice");
        Instant due = wakes().getLast();

        node.when(new EngineInput.DeadlineReached());

        assertThat(wakes()).containsExactly(due);
    }

    @Test
    void anEngineWithNothingToDoAsksForNoWake() {
        node.connects("alice");
        node.holds("a");

        assertThat(node.allOutputs()).noneMatch(WakeAt.class::isInstance);
    }

    @Test
    void timeDoesNotRunBackwards() {
        var engine = new ExchangeEngine(EngineSettings.DEFAULT, EngineLimits.DEFAULT, new SplittableRandom(1));
        engine.handle(new EngineInput.PeerConnected(TestPeer.idOf("alice"), 1, Direction.INBOUND), TestNode.START);

        List<EngineOutput> outputs = engine.handle(
                new EngineInput.BlocksWanted(new WantHolder("w", WantMode.WATCH), Letters.sets("a")),
                TestNode.START.minusSeconds(5));

        assertThat(outputs)
                .contains(new WakeAt(TestNode.START.plus(EngineSettings.DEFAULT.refreshShortestInterval())));
    }

    @Test
    void theTimeThatIsShownIsThatOnTheWall() {
        var engine = new ExchangeEngine(EngineSettings.DEFAULT, EngineLimits.DEFAULT, new SplittableRandom(1));
        Instant onTheWall = TestNode.START.minusSeconds(5);

        List<EngineOutput> outputs = engine.handle(
                new EngineInput.PeerConnected(TestPeer.idOf("bob"), 2, Direction.INBOUND), TestNode.START, onTheWall);

        assertThat(outputs).containsExactly(new EngineOutput.Happened(
                new PeerJoined(onTheWall, TestPeer.idOf("bob"), Direction.INBOUND)));
    }

    @Test
    void aLateWakeDoesAllThatIsDue() {
        node.watches("w", "a");
        TestPeer alice = node.connects("alice");
        TestPeer bob = node.connects("bob");
        alice.has("a");
        bob.has("a");

        node.clock.advance(EngineSettings.DEFAULT.refreshShortestInterval());

        assertThat(node).sent(to(alice), wantHave("a")).sent(to(bob), wantHave("a"));
    }

    @Test
    void settingsWithoutSenseNameTheCulprit() {
        assertThatThrownBy(() -> new EngineSettings(Duration.ZERO, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1,
                1, false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("refreshShortestInterval");
        assertThatThrownBy(() -> new EngineSettings(Duration.ofSeconds(1), 0, Duration.ofSeconds(1),
                Duration.ofSeconds(1), 1, 1, false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("refreshEntriesPerSecond");
    }

    private List<Instant> wakes() {
        return node.latest().stream().filter(WakeAt.class::isInstance).map(output -> ((WakeAt) output).at()).toList();
    }
}
