package dev.peerscope.node;

import java.util.List;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;

/** What a watch or a download is about, as the one who makes it names it. */
public sealed interface WantedContent {

    /**
     * The dataset that a manifest describes; the manifest is fetched first if it is not held.
     *
     * @param manifestCid
     *            of a block with the content type of a manifest
     */
    record OfManifest(Cid manifestCid) implements WantedContent {}

    /**
     * All leaves of a tree.
     *
     * @param treeCid
     *            the root's CID
     * @param blockCount
     *            number of leaves, 1 to 2^31-1
     */
    record OfTree(Cid treeCid, long blockCount) implements WantedContent {}

    /**
     * Some leaves of a tree.
     *
     * @param treeCid
     *            the root's CID
     * @param ranges
     *            their indices, at least one, each below 2^31-1
     */
    record OfRanges(Cid treeCid, BlockRanges ranges) implements WantedContent {}

    /**
     * Blocks that go by their own CIDs.
     *
     * @param cids
     *            at least one; what comes twice counts once
     */
    record OfBlocks(List<Cid> cids) implements WantedContent {

        public OfBlocks {
            cids = List.copyOf(cids);
        }
    }
}
