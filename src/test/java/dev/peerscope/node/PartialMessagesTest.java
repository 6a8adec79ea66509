package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import dev.peerscope.limit.LimitName;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

class PartialMessagesTest {

    private static final WireLimits LIMITS = WireLimits.DEFAULT.withMessageLengthMax(100);

    private final PartialMessages partial = new PartialMessages(LIMITS);
    private final PeerLink alice = link("alice");

    @Test
    void twoWholeMessagesOfAPeerMayBeUnderWay() {
        assertThat(partial.changed(alice, 100)).isEmpty();
        assertThat(partial.changed(alice, 100)).isEmpty();
        assertThat(partial.changed(alice, 1))
                .contains(new PartialMessages.Excess(alice, LimitName.PARTIAL_MESSAGES));
    }

    @Test
    void whatIsCompleteMakesRoomAgain() {
        partial.changed(alice, 200);
        partial.changed(alice, -200);

        assertThat(partial.of(alice)).isZero();
        assertThat(partial.changed(alice, 200)).isEmpty();
    }

    @Test
    void whenAllPeersTogetherTakeTooMuchTheOneThatTakesMostHasToGo() {
        partial.changed(alice, 150);
        for (int i = 0; i < 6; i++) {
            assertThat(partial.changed(link("peer " + i), 100)).isEmpty();
        }
        assertThat(partial.changed(link("bob"), 51))
                .contains(new PartialMessages.Excess(alice, LimitName.ALL_PARTIAL_MESSAGES));
        assertThat(partial.limitUses()).containsExactly(new LimitUse(LimitName.PARTIAL_MESSAGES, 200, 150),
                new LimitUse(LimitName.ALL_PARTIAL_MESSAGES, 800, 801));
    }

    private static PeerLink link(String name) {
        var loop = new EngineLoop(new ScriptedEngine(), NodeObserver.NONE, InstantSource.system(), NodeLimits.DEFAULT,
                () -> true);
        return new PeerLink(TestPeers.named(name), 1, new PeerLink.Means(loop, new CodexDialect(), LIMITS,
                NodeLimits.DEFAULT, NodeObserver.NONE, InstantSource.system(),
                new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision()),
                new PartialMessages(LIMITS)));
    }
}
