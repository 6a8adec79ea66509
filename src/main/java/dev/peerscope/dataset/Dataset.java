package dev.peerscope.dataset;

import dev.peerscope.block.Block;
import dev.peerscope.block.Cid;

/**
 * A dataset whose blocks have all been seen: its manifest and its tree.
 *
 * @param manifest the description
 * @param tree     the tree that the description names
 */
public record Dataset(Manifest manifest, MerkleTree tree) {

    /**
     * @throws IllegalArgumentException when the manifest describes another tree
     */
    public Dataset {
        if (!manifest.treeCid().equals(tree.treeCid()) || manifest.blocksCount() != tree.leavesCount()) {
            throw new IllegalArgumentException("the manifest describes " + manifest.blocksCount() + " blocks under "
                    + manifest.treeCid() + ", the tree is " + tree);
        }
    }

    /** The block that holds the manifest; its CID is how people name the dataset. */
    public Block manifestBlock() {
        return manifest.toBlock();
    }

    /** The CID by which the dataset's blocks are addressed. */
    public Cid treeCid() {
        return manifest.treeCid();
    }
}
