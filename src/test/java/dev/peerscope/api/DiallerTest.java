package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import dev.peerscope.node.ConnectFailed;
import dev.peerscope.node.Connected;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.Examples;

class DiallerTest {

    private static final PeerAddress FIRST = PeerAddress.parse("/ip4/192.0.2.1/tcp/1");
    private static final PeerAddress SECOND = PeerAddress.parse("/ip4/192.0.2.2/tcp/2");
    private static final PeerAddress THIRD = PeerAddress.parse("/ip4/192.0.2.3/tcp/3");
    private static final Duration STEP = Duration.ofSeconds(8);

    private final List<PeerAddress> dialled = new ArrayList<>();
    private final List<Duration> patience = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1;

    @Test
    void addressesAreDialledInTurnUntilTheTimeIsUp() {
        var dialler = new Dialler(this::failsInATime, () -> now);

        assertThatThrownBy(() -> dialler.dial(List.of(FIRST, SECOND, THIRD))).isInstanceOf(ApiProblem.class)
                .hasMessageContaining(SECOND.toString()).hasMessageNotContaining(THIRD.toString());

        assertThat(dialled).containsExactly(FIRST, SECOND);
        assertThat(patience).containsExactly(Duration.ofSeconds(15), Duration.ofSeconds(7));
    }

    @Test
    void afterOneThatAnsweredNoOtherAddressIsDialled() {
        var peer = new Connected(PeerId.parse(Examples.PEER_ID), false);
        var dialler = new Dialler((address, time) -> address.equals(SECOND) ? CompletableFuture.completedFuture(peer)
                : failsInATime(address, time), () -> now);

        assertThat(dialler.dial(List.of(FIRST, SECOND, THIRD))).isEqualTo(peer);
        assertThat(dialled).containsExactly(FIRST);
    }

    private CompletableFuture<Connected> failsInATime(PeerAddress address, Duration time) {
        dialled.add(address);
        patience.add(time);
        now += STEP.toNanos();
        return CompletableFuture.failedFuture(
                new ConnectFailed("connect", "timeout", address + " did not join", null));
    }
}
