package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import dev.peerscope.event.ExchangeEvent.PeerJoined;
import dev.peerscope.node.TestNodes.TestNode;

/** A store that does not come back holds up what needs it, and neither the engine nor who reads. */
@Timeout(300)
class HeldStoreTest {

    private final TestNodes nodes = new TestNodes();
    private final HookedStore store = new HookedStore();
    private final TestNode alice = nodes.start(settings -> settings, store);
    private final TestNode bob = nodes.start();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void closeNodes() {
        goOn.countDown();
        nodes.close();
    }

    @Test
    void eventsAndReadsGoOnWhileTheStoreIsHeld() throws Exception {
        var fetched = bob.imports(20, 1);
        var watched = bob.imports(30, 2);
        var writing = new CountDownLatch(1);
        store.beforeWriting = () -> {
            writing.countDown();
            awaitQuietly(goOn);
        };
        store.beforeReading = () -> awaitQuietly(goOn);
        alice.connectTo(bob);
        var download = alice.node().downloads().create(new WantedContent.OfTree(fetched.treeCid(), 20));
        var resolving = alice.node().watches().create(new WantedContent.OfManifest(fetched.manifestCid()));
        writing.await();

        alice.node().watches().create(new WantedContent.OfTree(watched.treeCid(), 30));
        var carol = nodes.start();
        carol.connectTo(alice);

        await().untilAsserted(() -> assertThat(alice.node().read(
                reader -> reader.haveSet(bob.node().peerId(), 10, 10).haveCount()).get()).isGreaterThanOrEqualTo(30));
        assertThat(alice.events(PeerJoined.class)).hasSize(2);
        assertThat(alice.node().downloads().find(download.id()).orElseThrow().state())
                .isEqualTo(DownloadState.RUNNING);
        assertThat(alice.node().watches().find(resolving.id()).orElseThrow().state()).isEqualTo(WatchState.RESOLVING);
        assertThat(alice.node().datasets()).hasSize(2);
        assertThat(alice.node().directory().connected()).hasSize(2);

        goOn.countDown();
        await().until(() -> alice.node().downloads().find(download.id()).orElseThrow().state() == DownloadState.DONE);
        await().until(() -> alice.node().watches().find(resolving.id()).orElseThrow().state() == WatchState.ACTIVE);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
