package dev.peerscope.node;

import dev.peerscope.block.Cid;
import dev.peerscope.dataset.Manifest;

/**
 * A dataset whose blocks are all held, and served to who asks.
 *
 * @param manifestCid
 *            by which people name it
 */
public record StoredDataset(Cid manifestCid, Manifest manifest) {

    /** The CID by which its blocks are addressed. */
    public Cid treeCid() {
        return manifest.treeCid();
    }

    public long blockCount() {
        return manifest.blocksCount();
    }
}
