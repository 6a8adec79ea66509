package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import dev.peerscope.event.ClaimCounts;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;

class DepartedPeersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration BRIEF = Duration.ofSeconds(59);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final PeerCounters SOME = new PeerCounters(1, 0, 1_024, 0, ClaimCounts.NONE);

    private final DepartedPeers departed = new DepartedPeers(100);

    @Test
    void briefSessionsInWhichNothingMovedAreForgottenFirst() {
        leave("gave a block", "192.0.2.1", BRIEF, SOME);
        leave("stayed", "192.0.2.2", LONG, PeerCounters.NONE);
        for (int i = 0; i < 1_000; i++) {
            leave("throw-away " + i, "198.51.100." + i % 250, BRIEF, PeerCounters.NONE);
        }
        assertThat(departed.all()).hasSize(100).extracting(DepartedPeer::peer).startsWith(peer("throw-away 999"))
                .endsWith(peer("stayed"), peer("gave a block"));
        assertThat(departed.find(peer("stayed"))).isPresent();
    }

    @Test
    void anAddressThatLeavesAgainAndAgainPushesOutItself() {
        for (int i = 0; i < 50; i++) {
            leave("honest " + i, "192.0.2." + i, LONG, SOME);
        }
        for (int i = 0; i < 1_000; i++) {
            leave("patient " + i, "198.51.100.1", LONG, SOME);
        }
        assertThat(departed.all()).extracting(DepartedPeer::peer)
                .containsAll(IntStream.range(0, 50).mapToObj(i -> peer("honest " + i)).toList());
    }

    @Test
    void theNewestTenthIsKeptWhateverItIs() {
        for (int i = 0; i < 100; i++) {
            leave("worth " + i, "192.0.2." + i, LONG, SOME);
        }
        for (int i = 0; i < 30; i++) {
            leave("throw-away " + i, "198.51.100.1", BRIEF, PeerCounters.NONE);
        }
        assertThat(departed.all().subList(0, 10)).extracting(DepartedPeer::peer)
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> peer("throw-away " + (29 - i))).toList());
        assertThat(departed.all().subList(10, 100)).extracting(DepartedPeer::peer).contains(peer("worth 99"))
                .doesNotContain(peer("worth 0"));
    }

    @Test
    void ofEqualOnesTheOldestIsForgotten() {
        for (int i = 0; i < 102; i++) {
            leave("number " + i, "192.0.2.1", LONG, SOME);
        }
        assertThat(departed.all()).extracting(DepartedPeer::peer)
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> peer("number " + (101 - i))).toList());
    }

    private void leave(String name, String from, Duration session, PeerCounters counters) {
        departed.add(new DepartedPeer(peer(name), Multiaddr.parse("/ip4/" + from + "/tcp/8070"), Direction.INBOUND,
                Optional.empty(), List.of(), NOON.minus(session), NOON, DepartureReason.PEER_CLOSED, counters,
                Optional.empty()));
    }

    private static PeerId peer(String name) {
        return TestPeers.named(name);
    }
}
