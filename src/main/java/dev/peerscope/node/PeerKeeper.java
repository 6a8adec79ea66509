package dev.peerscope.node;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;

/**
 * Keeps the configured peers connected: looks every second whether each is there, and dials those that are not, after a
 * failure at ever longer intervals.
 */
final class PeerKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(PeerKeeper.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final PeerDialler dialler;
    private final PeerDirectory directory;
    private final List<Kept> peers;

    PeerKeeper(PeerDialler dialler, PeerDirectory directory, List<DialAddresses> peers) {
        this.dialler = dialler;
        this.directory = directory;
        this.peers = peers.stream().map(Kept::new).toList();
    }

    /** Whether this is one of them, as far as is known: an address without a peer id tells when it was dialled. */
    boolean keeps(PeerId peer) {
        return peers.stream().anyMatch(kept -> kept.peer.filter(peer::equals).isPresent());
    }

    /** Begins, and goes on until the timer ends. */
    void start(ScheduledExecutorService timer) {
        for (var kept : peers) {
            var look = Background.repeated("keeping a peer connected: " + kept.addresses, () -> kept.look(timer));
            var _ = timer.scheduleWithFixedDelay(look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** One peer to keep; looked after by the timer's thread, while the outcome of a dial comes on another. */
    private final class Kept {

        private final List<PeerAddress> addresses;
        private volatile Optional<PeerId> peer;
        private volatile boolean dialling;
        private volatile long pauseNanos = INTERVAL.toNanos();
        private volatile long notBefore = System.nanoTime();

        Kept(DialAddresses addresses) {
            this.addresses = addresses.inOrder();
            this.peer = addresses.expected();
        }

        void look(Executor timer) {
            if (dialling || peer.filter(directory::isJoined).isPresent() || System.nanoTime() - notBefore < 0) {
                return;
            }
            dialling = true;
            Background.whenDone(dial(addresses.iterator(), timer), "a dial of a kept peer", this::dialled);
        }

        /** In turn, until one answers; on the timer's thread, as the engine's may bring the failure. */
        private CompletableFuture<Connected> dial(Iterator<PeerAddress> next, Executor timer) {
            var dialled = dialler.connect(next.next());
            return next.hasNext() ? dialled.exceptionallyComposeAsync(_ -> dial(next, timer), timer) : dialled;
        }

        private void dialled(@Nullable Connected connected, @Nullable Throwable failure) {
            if (connected != null) {
                peer = Optional.of(connected.peer());
                pauseNanos = INTERVAL.toNanos();
            } else {
                LOG.info("a peer to keep connected is not reached: addresses={} next={}s reason={}", addresses,
                        TimeUnit.NANOSECONDS.toSeconds(pauseNanos),
                        failure == null ? "" : PeerDialler.unwrap(failure).getMessage());
                notBefore = System.nanoTime() + pauseNanos;
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE.toNanos());
            }
            dialling = false;
        }
    }
}
