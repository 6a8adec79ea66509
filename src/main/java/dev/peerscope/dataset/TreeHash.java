package dev.peerscope.dataset;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Codex's keyed compression: a parent is SHA2-256 of left child, right child and one key byte.
 *
 * <p>
 * The key says whether the children are leaves, and whether the right one is missing (then it is 32 zero bytes). It
 * keeps an inner node from passing for a leaf, and a padded tree from passing for a longer one. Not for use by several
 * threads.
 */
final class TreeHash {

    /** The length in bytes of every node. */
    static final int LENGTH = 32;

    private static final int KEY_BOTTOM_LAYER = 1;
    private static final int KEY_ODD = 2;

    private static final byte[] MISSING = new byte[LENGTH];

    private final MessageDigest sha256;

    TreeHash() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /**
     * The number of steps from a leaf to the root. A tree of one leaf still has one.
     */
    static int depth(long leavesCount) {
        return leavesCount == 1 ? 1 : Long.SIZE - Long.numberOfLeadingZeros(leavesCount - 1);
    }

    /** The layer above: as many nodes as there are pairs, a last one without partner being a pair of its own. */
    byte[] parents(byte[] children, boolean bottom) {
        int count = children.length / LENGTH;
        byte[] parents = new byte[(count + 1) / 2 * LENGTH];
        for (int i = 0; i < count; i += 2) {
            boolean odd = i + 1 == count;
            sha256.update(children, i * LENGTH, LENGTH);
            sha256.update(odd ? MISSING : children, odd ? 0 : (i + 1) * LENGTH, LENGTH);
            finish(bottom, odd, parents, i / 2 * LENGTH);
        }
        return parents;
    }

    /**
     * The root to which a leaf leads along its path; the digest is overwritten with it.
     *
     * @param node the digest of the leaf
     * @param path the partner of each node on the way up, one after the other
     */
    void climb(byte[] node, long index, long leavesCount, byte[] path) {
        long place = index;
        long layer = leavesCount;
        for (int at = 0; at < path.length; at += LENGTH) {
            boolean right = (place & 1) == 1;
            boolean odd = !right && place == layer - 1;
            sha256.update(right ? path : node, right ? at : 0, LENGTH);
            sha256.update(right ? node : path, right ? 0 : at, LENGTH);
            finish(at == 0, odd, node, 0);
            place >>= 1;
            layer = layer / 2 + layer % 2;
        }
    }

    private void finish(boolean bottom, boolean odd, byte[] into, int at) {
        sha256.update((byte) ((bottom ? KEY_BOTTOM_LAYER : 0) + (odd ? KEY_ODD : 0)));
        try {
            sha256.digest(into, at, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 digest does not fit " + LENGTH + " bytes", e);
        }
    }
}
