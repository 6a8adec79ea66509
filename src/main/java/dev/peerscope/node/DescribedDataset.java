package dev.peerscope.node;

import java.util.Optional;
import java.util.OptionalLong;

import dev.peerscope.block.Cid;
import dev.peerscope.dataset.Manifest;

/**
 * What a watch or a download tells of the dataset that it is about.
 *
 * @param treeCid
 *            by which its blocks are addressed
 * @param blockCount
 *            blocks that it has; absent where only some were named
 * @param manifestCid
 *            present together with {@code manifest}
 * @param manifest
 *            present where it was named by its manifest
 */
public record DescribedDataset(Cid treeCid, OptionalLong blockCount, Optional<Cid> manifestCid,
        Optional<Manifest> manifest) {

    public DescribedDataset {
        if (manifestCid.isPresent() != manifest.isPresent()) {
            throw new IllegalArgumentException("a manifest and its CID go together: " + manifestCid);
        }
    }

    /** Empty for single blocks, and as long as a manifest has not been read. */
    static Optional<DescribedDataset> of(WantedContent content, Optional<Manifest> manifest) {
        return switch (content) {
            case WantedContent.OfManifest(Cid manifestCid) ->
                manifest.map(known -> new DescribedDataset(known.treeCid(), OptionalLong.of(known.blocksCount()),
                        Optional.of(manifestCid), manifest));
            case WantedContent.OfTree(Cid tree, long count) -> Optional.of(ofTree(tree, OptionalLong.of(count)));
            case WantedContent.OfRanges(Cid tree, var _) -> Optional.of(ofTree(tree, OptionalLong.empty()));
            case WantedContent.OfBlocks _ -> Optional.empty();
        };
    }

    private static DescribedDataset ofTree(Cid tree, OptionalLong blockCount) {
        return new DescribedDataset(tree, blockCount, Optional.empty(), Optional.empty());
    }

    /** The one of both that tells more: a manifest goes before a number, the larger number before the smaller. */
    DescribedDataset orBetter(DescribedDataset other) {
        if (manifest.isPresent() != other.manifest.isPresent()) {
            return manifest.isPresent() ? this : other;
        }
        return other.blockCount.orElse(0) > blockCount.orElse(0) ? other : this;
    }
}
