package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;

class RefusedConnectionsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/192.0.2.1/tcp/8070");

    private final RefusedConnections refused = new RefusedConnections(100);

    @Test
    void aFloodOfOneReasonLeavesTheNewestOfEachOther() {
        for (int i = 0; i < 30; i++) {
            refused.add(connection(RefusalReason.WRONG_PEER, "wrong " + i));
        }
        for (int i = 0; i < 10_000; i++) {
            refused.add(connection(RefusalReason.ADDRESS_SHARE, "flood " + i));
        }
        assertThat(refused.all()).extracting(RefusedConnection::detail).hasSize(120).doesNotHaveDuplicates()
                .startsWith("flood 9999", "flood 9998").endsWith("wrong 11", "wrong 10");
        assertThat(refused.count(RefusalReason.WRONG_PEER)).isEqualTo(30);
        assertThat(refused.size()).isEqualTo(120);
    }

    @Test
    void itTellsWhenSomethingIsForgotten() {
        for (int i = 0; i < 100; i++) {
            assertThat(refused.add(connection(RefusalReason.TIMEOUT, "number " + i))).isFalse();
        }
        assertThat(refused.add(connection(RefusalReason.TIMEOUT, "number 100"))).isTrue();
        assertThat(refused.size()).isEqualTo(100);
    }

    /** Against the rule as it reads: the newest 100, and the newest 20 of each reason, each once. */
    @Test
    void atAllTimesItIsTheNewestAndTheNewestOfEachReason() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<RefusedConnection> all = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            // The rare ones are rarer the further they stand in the list.
            int reason = (int) (RefusalReason.values().length * Math.pow(random.nextDouble(), 4));
            var connection = connection(RefusalReason.values()[reason], "number " + i);
            all.addFirst(connection);
            refused.add(connection);
            assertThat(refused.all()).as("seed %d, after %d", seed, i).isEqualTo(expected(all));
        }
        assertThat(refused.size()).isEqualTo(refused.all().size()).isBetween(101, refused.max());
    }

    private static List<RefusedConnection> expected(List<RefusedConnection> newestFirst) {
        Map<RefusalReason, Integer> seen = new EnumMap<>(RefusalReason.class);
        List<RefusedConnection> kept = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            int ofReason = seen.merge(newestFirst.get(i).reason(), 1, Integer::sum);
            if (i < 100 || ofReason <= 20) {
                kept.add(newestFirst.get(i));
            }
        }
        return kept;
    }

    private static RefusedConnection connection(RefusalReason reason, String detail) {
        return new RefusedConnection(NOON, ADDRESS, Direction.INBOUND, "identity", reason, detail);
    }
}
