package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.peerscope.block.BlockAddress;

/**
 * Chooses among peers that have a block: the one that will probably deliver first, judged by its open requests, its latency and
 * the share of requests that it answered; where so configured the cheapest come first. One that let a request expire comes last until
 * it delivers again (protocol section 5.10).
 */
final class PeerSelection {

    private final boolean preferCheap;
    private final RandomGenerator random;

    PeerSelection(boolean preferCheap, RandomGenerator random) {
        this.preferCheap = preferCheap;
        this.random = random;
    }

    /**
     * The best of these peers, at least one, all of which have the block. Chance decides among equals.
     *
     * @param surely whether those that have delivered before come before strangers, since the block was asked for to no avail
     */
    PeerContext best(List<PeerContext> peers, BlockAddress address, boolean surely) {
        Comparator<PeerContext> order = Comparator.comparingDouble(context -> context.requests().cost(surely));
        if (preferCheap) {
            order = Comparator.<PeerContext, dev.peerscope.block.Price>comparing(
                    context -> context.haveSet().claimOf(address).price()).thenComparing(order);
        }
        order = Comparator.<PeerContext, Boolean>comparing(context -> context.requests().isOverdue())
                .thenComparing(order);
        List<PeerContext> best = new ArrayList<>();
        for (PeerContext peer : peers) {
            int comparison = best.isEmpty() ? 0 : order.compare(peer, best.getFirst());
            if (comparison < 0) {
                best.clear();
            }
            if (comparison <= 0) {
                best.add(peer);
            }
        }
        return best.get(best.size() == 1 ? 0 : random.nextInt(best.size()));
    }
}
