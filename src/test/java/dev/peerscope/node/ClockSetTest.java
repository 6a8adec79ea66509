package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;

/** A whole node whose clock is wrong for a moment. */
@Timeout(600)
class ClockSetTest {

    private final AtomicReference<Duration> off = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(off.get());
    private final TestNodes nodes = new TestNodes();
    private final TestNodes.TestNode alice = nodes.start(clock);
    private final TestNodes.TestNode bob = nodes.start();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void whatAPeerGainsAndLosesIsFoundOutThoughTheClockWasFortyDaysAheadForAMoment() throws Exception {
        var dataset = bob.imports(4, 1);
        alice.connectTo(bob);
        alice.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 4));
        awaitHaves(4);

        off.set(Duration.ofDays(40));
        bob.node().content().delete(new BlockSet.Leaves(dataset.treeCid(), BlockRanges.of(0, 1)));
        awaitHaves(2);
        off.set(Duration.ZERO);
        bob.node().content().delete(new BlockSet.Leaves(dataset.treeCid(), BlockRanges.of(2, 2)));

        awaitHaves(1);
        assertThat(alice.node().read(reader -> reader.peer(bob.node().peerId()).orElseThrow()).get().knowledge()
                .stale()).isFalse();
    }

    private void awaitHaves(int count) {
        await().until(() -> alice.node().read(reader -> reader.peer(bob.node().peerId()).orElseThrow().haveCount())
                .get() == count);
    }
}
