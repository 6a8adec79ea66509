package dev.peerscope.wire.codex;

import static dev.peerscope.wire.ProtobufWriter.bytesFieldLength;

import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.wire.ProtobufWriter;
import dev.peerscope.wire.codex.CodexFields.Delivery;

/**
 * Writes one delivery. The data field is written even for an empty block, because a real node dies of a delivery without
 * it; the proof is written for leaves only, because it reads no other.
 */
final class DeliveryWriter {

    private final BlockAddress address;
    private final Block block;
    private final Optional<byte[]> proof;
    private final long length;

    DeliveryWriter(BlockDelivery delivery) {
        address = delivery.address();
        block = delivery.block();
        proof = switch (address) {
            case BlockAddress.Leaf _ -> delivery.proof().map(MerkleProof::encode);
            case BlockAddress.Standalone _ -> Optional.empty();
        };
        length = bytesFieldLength(Delivery.CID, block.cid().length())
                + (long) bytesFieldLength(Delivery.DATA, block.data().length)
                + bytesFieldLength(Delivery.ADDRESS, AddressWriter.length(address))
                + proof.map(bytes -> bytesFieldLength(Delivery.PROOF, bytes.length)).orElse(0);
    }

    /** Bytes of the delivery, with the tag and length before it. */
    long fieldLength() {
        return 1 + ProtobufWriter.varintLength(length) + length;
    }

    void write(ProtobufWriter out) {
        out.messageField(CodexFields.Message.DELIVERY, Math.toIntExact(length));
        AddressWriter.writeCid(out, Delivery.CID, block.cid());
        out.bytesField(Delivery.DATA, block.data());
        AddressWriter.write(out, Delivery.ADDRESS, address);
        proof.ifPresent(bytes -> out.bytesField(Delivery.PROOF, bytes));
    }
}
