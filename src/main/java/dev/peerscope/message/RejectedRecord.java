package dev.peerscope.message;

import java.util.Optional;

import dev.peerscope.block.BlockAddress;

/**
 * A record that the decoder left out of a message, and the rule it broke.
 *
 * @param part
 *            the part of the message it stood in
 * @param reason
 *            the rule it broke, from a closed set
 * @param address
 *            the block that a refused delivery was for, where that could be read
 */
public record RejectedRecord(Part part, Reason reason, Optional<BlockAddress> address) {

    /** A record of which not even the address is known. */
    public RejectedRecord(Part part, Reason reason) {
        this(part, reason, Optional.empty());
    }

    /** The repeated parts of a message. */
    public enum Part {
        WANT_LIST_ENTRY, PRESENCE, DELIVERY
    }

    /** Rules whose breach costs the record and nothing else. */
    public enum Reason {
        /** No address, or neither a tree nor a CID in it. */
        ADDRESS_MISSING,
        /** A leaf address without its tree. */
        TREE_MISSING,
        /** A CID that is empty, cut short, has trailing bytes, or an unknown codec or hash. */
        CID_INVALID,
        /** A price of more than 32 bytes. */
        PRICE_TOO_LONG,
        /** A proof that cannot be read. */
        PROOF_INVALID
    }
}
