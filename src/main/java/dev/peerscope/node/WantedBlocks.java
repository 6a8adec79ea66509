package dev.peerscope.node;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.WantHolder;

/**
 * The blocks that a {@link WantedContent} comes down to; none for an empty dataset.
 *
 * @param sets
 *            one of leaves, or single blocks
 * @param treeCid
 *            present when they are leaves
 */
record WantedBlocks(SequencedSet<BlockSet> sets, Optional<Cid> treeCid, long count) {

    /** Leaf indices stay below this, so that they fit the engine's bitmaps. */
    private static final long LEAVES_MAX = Integer.MAX_VALUE;

    /**
     * Absent as long as a manifest must be read first.
     *
     * @throws UnusableContent
     *             when this can never be watched or fetched
     */
    static Optional<WantedBlocks> of(WantedContent content) {
        return switch (content) {
            case WantedContent.OfManifest(Cid cid) -> {
                requireReadableByAll(cid);
                require(cid.isCodec(CodexCodec.MANIFEST), cid + " is no manifest: its content type is "
                        + cid.contentType().codecName() + ", expected " + CodexCodec.MANIFEST.codecName());
                yield Optional.empty();
            }
            case WantedContent.OfTree(Cid tree, long count) -> {
                require(count >= 1 && count <= LEAVES_MAX,
                        "a tree of " + count + " blocks, expected 1 to " + LEAVES_MAX);
                yield Optional.of(leaves(tree, BlockRanges.of(0, count - 1)));
            }
            case WantedContent.OfRanges(Cid tree, BlockRanges ranges) -> {
                require(!ranges.isEmpty(), "no block of tree " + tree + " is named");
                yield Optional.of(leaves(tree, ranges));
            }
            case WantedContent.OfBlocks(List<Cid> cids) -> {
                require(!cids.isEmpty(), "no block is named");
                cids.forEach(WantedBlocks::requireReadableByAll);
                var singles = new LinkedHashSet<BlockSet>();
                cids.forEach(cid -> singles.add(new BlockSet.Single(cid)));
                yield Optional.of(new WantedBlocks(singles, Optional.empty(), singles.size()));
            }
        };
    }

    /**
     * The leaves of the dataset that a manifest describes.
     *
     * @throws UnusableContent
     *             when there are too many, or its tree goes by a hash that cannot be asked for
     */
    static WantedBlocks of(Manifest manifest) {
        return leaves(manifest.treeCid(), manifest.indices());
    }

    /** What the engine is asked for. */
    EngineInput.BlocksWanted by(WantHolder holder) {
        return new EngineInput.BlocksWanted(holder, List.copyOf(sets));
    }

    /** Whether this block is one of them. */
    boolean contains(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(Cid tree, long index) -> treeCid.filter(tree::equals).isPresent()
                    && sets.stream().anyMatch(set -> set instanceof BlockSet.Leaves(_, var ranges)
                            && ranges.contains(index));
            case BlockAddress.Standalone(Cid cid) -> sets.contains(new BlockSet.Single(cid));
        };
    }

    private static WantedBlocks leaves(Cid tree, BlockRanges ranges) {
        requireReadableByAll(tree);
        require(tree.isCodec(CodexCodec.ROOT), tree + " is no tree: its content type is "
                + tree.contentType().codecName() + ", expected " + CodexCodec.ROOT.codecName());
        var sets = new LinkedHashSet<BlockSet>();
        if (!ranges.isEmpty()) {
            require(ranges.highest() < LEAVES_MAX,
                    "block " + ranges.highest() + " of tree " + tree + ", indices go up to " + (LEAVES_MAX - 1));
            sets.add(new BlockSet.Leaves(tree, ranges));
        }
        return new WantedBlocks(sets, Optional.of(tree), ranges.count());
    }

    /** One CID that a Codex node cannot read costs the whole want-list it stands in: only what each is known to read is asked. */
    private static void requireReadableByAll(Cid cid) {
        require(cid.multihash().code() == Multihash.SHA2_256, cid + " goes by the hash "
                + cid.multihash().functionName()
                + ", which not every peer can read in a want-list; leave it out, or give the CID of the same content by sha2-256");
    }

    private static void require(boolean usable, String otherwise) {
        if (!usable) {
            throw new UnusableContent(otherwise);
        }
    }
}
