package dev.peerscope.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.peerscope.block.BlockRanges;

/**
 * Who holds what, as the script has it: it decides by this, and not by what the nodes do, so that it follows from the seed.
 *
 * <p>
 * Each block is held by at least one peer, and no peer comes to hold everything or, by losing, nothing.
 */
final class Holdings {

    /** Blocks are dealt in runs, for that is how have-sets look while someone downloads. */
    private static final int RUNS = 24;
    /** Every so many runs there is one that only the peer who joins last holds. */
    private static final int RARE = 8;
    private static final double SHARE_MAX = 0.9;
    private static final double SHARE_MIN = 0.35;
    /** A peer lacks, and holds, one block in so many at least. */
    private static final int RESERVE = 8;

    private final List<Integer> blockCounts;
    /** By peer, then by dataset. */
    private final List<List<BlockRanges>> held = new ArrayList<>();
    private final List<BlockRanges> ours = new ArrayList<>();

    /** Deals; the inspected node gets a part of the first dataset. */
    Holdings(int peers, List<Integer> blockCounts, SplittableRandom random) {
        this.blockCounts = List.copyOf(blockCounts);
        for (int peer = 0; peer < peers; peer++) {
            double share = SHARE_MAX - (SHARE_MAX - SHARE_MIN) * peer / (peers - 1);
            boolean last = peer == peers - 1;
            held.add(new ArrayList<>(
                    blockCounts.stream().map(count -> dealt(count, share, last, random.split())).toList()));
        }
        for (int dataset = 0; dataset < blockCounts.size(); dataset++) {
            var lacking = all(dataset).minus(union(dataset, -1));
            gained(peers - 1, new DemoBlocks(dataset, lacking));
        }
        ours.add(BlockRanges.of(0, blockCounts.getFirst() * 3 / 5));
        blockCounts.stream().skip(1).forEach(_ -> ours.add(BlockRanges.EMPTY));
    }

    private static BlockRanges dealt(int count, double share, boolean last, SplittableRandom random) {
        int length = Math.max(1, count / RUNS);
        var dealt = BlockRanges.builder();
        for (int first = 0, run = 0; first < count; first += length, run++) {
            boolean rare = run % RARE == RARE - 1;
            boolean gets = random.nextDouble() < share;
            if (rare ? last : gets) {
                dealt.add(first, Math.min(count, first + length) - 1L);
            }
        }
        return dealt.build();
    }

    BlockRanges of(int peer, int dataset) {
        return held.get(peer).get(dataset);
    }

    BlockRanges ours(int dataset) {
        return ours.get(dataset);
    }

    BlockRanges all(int dataset) {
        return BlockRanges.of(0, blockCounts.get(dataset) - 1L);
    }

    /** What other peers hold. */
    BlockRanges ofOthers(int peer, int dataset) {
        return union(dataset, peer);
    }

    /** Some of what the peer may lose: others hold it, and enough is left. */
    BlockRanges someSpare(int peer, int dataset, int count, SplittableRandom random) {
        var mine = of(peer, dataset);
        return some(mine.intersect(ofOthers(peer, dataset)), Math.min(count, mine.count() - reserve(dataset)), random);
    }

    /** Some of what the peer may gain: enough is lacking afterwards. */
    BlockRanges someLacking(int peer, int dataset, int count, SplittableRandom random) {
        var lacking = all(dataset).minus(of(peer, dataset));
        return some(lacking, Math.min(count, lacking.count() - reserve(dataset)), random);
    }

    /** At most so many of these, neighbours as far as they are there. */
    static BlockRanges some(BlockRanges of, long count, SplittableRandom random) {
        long taken = Math.min(count, of.count());
        if (taken <= 0) {
            return BlockRanges.EMPTY;
        }
        var some = BlockRanges.builder();
        of.stream().skip(random.nextLong(of.count() - taken + 1)).limit(taken).forEach(some::add);
        return some.build();
    }

    void gained(int peer, DemoBlocks blocks) {
        held.get(peer).set(blocks.dataset(), of(peer, blocks.dataset()).union(blocks.ranges()));
    }

    void lost(int peer, DemoBlocks blocks) {
        held.get(peer).set(blocks.dataset(), of(peer, blocks.dataset()).minus(blocks.ranges()));
    }

    void weGained(DemoBlocks blocks) {
        ours.set(blocks.dataset(), ours(blocks.dataset()).union(blocks.ranges()));
    }

    void weLost(DemoBlocks blocks) {
        ours.set(blocks.dataset(), ours(blocks.dataset()).minus(blocks.ranges()));
    }

    private long reserve(int dataset) {
        return Math.ceilDiv(blockCounts.get(dataset), RESERVE);
    }

    private BlockRanges union(int dataset, int without) {
        return IntStream.range(0, held.size()).filter(peer -> peer != without).mapToObj(peer -> of(peer, dataset))
                .reduce(BlockRanges.EMPTY, BlockRanges::union);
    }
}
