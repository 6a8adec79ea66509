package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.DialFailed;
import dev.peerscope.transport.DialStep;
import dev.peerscope.transport.RefusalKind;

/** Peers that are to be kept are looked after whatever happens. */
class PeerKeeperTest {

    private static final String FIRST = "/ip4/192.0.2.1/tcp/8070";
    private static final String SECOND = "/ip4/192.0.2.2/tcp/8070";

    private final Queue<String> dialled = new ConcurrentLinkedQueue<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aPeerWhoseDialThrowsIsDialledAgain() {
        keep(_ -> {
            throw new IllegalStateException("a defect of the transport");
        }, FIRST);

        await().until(() -> dialled.size() >= 2);
    }

    @Test
    void aPeerWhoseDialThrowsDoesNotKeepOthersFromBeingDialled() {
        keep(address -> {
            if (address.equals(FIRST)) {
                throw new IllegalStateException("a defect of the transport");
            }
            return new CompletableFuture<>();
        }, FIRST, SECOND);

        await().until(() -> dialled.contains(SECOND));
    }

    @Test
    void aPeerWhoseDialMeetsAnErrorIsDialledAgain() {
        keep(_ -> {
            throw new NoClassDefFoundError("a defect of the build");
        }, FIRST);

        await().until(() -> dialled.size() >= 2);
    }

    @Test
    void theNextAddressIsTriedOnTheTimersThread() {
        var threads = new ConcurrentLinkedQueue<String>();
        var first = new CompletableFuture<Connection>();
        keep(address -> {
            threads.add(Thread.currentThread().getName());
            return address.equals(FIRST) ? first : new CompletableFuture<>();
        }, new DialAddresses(List.of(PeerAddress.parse(FIRST), PeerAddress.parse(SECOND))));
        await().until(() -> dialled.contains(FIRST));

        first.completeExceptionally(new DialFailed(DialStep.CONNECT, RefusalKind.UNREACHABLE, "nobody there", null));

        await().until(() -> dialled.contains(SECOND));
        assertThat(threads).hasSize(2).doesNotContain(Thread.currentThread().getName());
    }

    private interface Answer {
        CompletableFuture<Connection> to(String address);
    }

    private void keep(Answer answer, String... peers) {
        keep(answer, List.of(peers).stream().map(DialAddresses::parse).toArray(DialAddresses[]::new));
    }

    private void keep(Answer answer, DialAddresses... peers) {
        var directory = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision());
        var dialler = new PeerDialler((address, _, _) -> {
            dialled.add(address.toString());
            return answer.to(address.toString());
        }, ALICE, directory, Duration.ofMinutes(1));
        new PeerKeeper(dialler, directory, List.of(peers)).start(timer);
    }
}
