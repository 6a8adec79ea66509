package dev.peerscope.dataset;

import java.nio.ByteBuffer;

/** A node of a tree as trees and proofs write it: a message {@code {1 digest}}. */
final class TreeNodes {

    private static final int DIGEST = 1 << 3 | ProtobufReader.BYTES;

    private TreeNodes() {}

    /** The digest in a node's message, of whatever length it has there; no bytes when there is none. */
    static byte[] read(ByteBuffer message) {
        ProtobufReader fields = new ProtobufReader(message);
        byte[] digest = new byte[0];
        while (fields.next()) {
            switch (fields.tag()) {
                case DIGEST -> digest = fields.byteArray();
                default -> fields.skip();
            }
        }
        return digest;
    }

    /** Writes each of the nodes, 32 bytes long, as a message of its own under this tag. */
    static void write(ProtobufWriter fields, int tag, byte[] nodes) {
        for (int at = 0; at < nodes.length; at += TreeHash.LENGTH) {
            fields.message(tag, new ProtobufWriter().bytes(DIGEST, nodes, at, TreeHash.LENGTH));
        }
    }
}
