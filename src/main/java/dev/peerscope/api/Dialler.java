package dev.peerscope.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import dev.peerscope.node.ConnectFailed;
import dev.peerscope.node.Connected;
import dev.peerscope.node.DiallingOurselves;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.LimitMetException;
import dev.peerscope.node.NodeBusy;
import dev.peerscope.node.NodeNotRunning;
import dev.peerscope.peer.PeerAddress;

/** Dials a peer at one address after the other, within 15 seconds in all. */
@Component
final class Dialler {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Dialling dialling;
    private final LongSupplier nanoTime;

    /** How a peer is dialled at one address. */
    @FunctionalInterface
    interface Dialling {

        /** As {@link ExchangeNode#connect(PeerAddress, Duration)}. */
        CompletableFuture<Connected> connect(PeerAddress address, Duration patience);
    }

    @Autowired
    Dialler(ExchangeNode node) {
        this(node::connect, System::nanoTime);
    }

    Dialler(Dialling dialling, LongSupplier nanoTime) {
        this.dialling = dialling;
        this.nanoTime = nanoTime;
    }

    /** Waits until the peer has joined; ends the request with the problem of the last address that was dialled otherwise. */
    Connected dial(List<PeerAddress> addresses) {
        long deadline = nanoTime.getAsLong() + PATIENCE.toNanos();
        var left = PATIENCE;
        var failure = new ApiProblem(ProblemType.DIAL_FAILED, "there is no address to dial");
        for (var next = addresses.iterator(); next.hasNext() && left.isPositive();) {
            try {
                return await(next.next(), left);
            } catch (ApiProblem e) {
                failure = e;
                left = Duration.ofNanos(deadline - nanoTime.getAsLong());
            }
        }
        throw failure;
    }

    private Connected await(PeerAddress address, Duration patience) {
        try {
            return dialling.connect(address, patience).get();
        } catch (ExecutionException e) {
            throw failed(address, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiProblem(Problem.of(ProblemType.NOT_READY, "the dial was interrupted; try again"), e);
        }
    }

    private static RuntimeException failed(PeerAddress address, @Nullable Throwable cause) {
        return switch (cause) {
            case ConnectFailed failed ->
                new ApiProblem(failedAt(failed.step(), String.valueOf(failed.getMessage())), failed);
            case DiallingOurselves ourselves -> new ApiProblem(Problem.of(ProblemType.DIALLING_OURSELVES,
                    address + " leads to this node; give the address of another peer"), ourselves);
            case NodeBusy busy -> busy;
            case NodeNotRunning notRunning -> notRunning;
            case LimitMetException met -> met;
            case null, default ->
                new IllegalStateException("a dial of " + address + " failed in an unexpected way", cause);
        };
    }

    static Problem failedAt(String step, String sentence) {
        return Problem.of(ProblemType.DIAL_FAILED, step + ": " + sentence).withStep(step);
    }
}
