package dev.peerscope.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
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

    private final ExchangeNode node;

    Dialler(ExchangeNode node) {
        this.node = node;
    }

    /** Waits until the peer has joined; ends the request with the problem of the last address otherwise. */
    Connected dial(List<PeerAddress> addresses) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var failure = new ApiProblem(ProblemType.DIAL_FAILED, "there is no address to dial");
        for (var address : addresses) {
            try {
                return await(address, deadline - System.nanoTime());
            } catch (ApiProblem e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Connected await(PeerAddress address, long nanos) {
        try {
            return node.connect(address, Duration.ofNanos(Math.max(1, nanos))).get();
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
