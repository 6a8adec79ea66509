package dev.peerscope.wire.codex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.InvalidMerkleProof;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.RejectedRecord.Part;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.wire.ProtobufReader;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;
import dev.peerscope.wire.Slice;
import dev.peerscope.wire.WireLimits;

/**
 * Reads the deliveries of a message.
 *
 * <p>Data is not hashed here: whether a block was asked for is to be known before it costs anything.
 */
final class DeliveryReader {

    private static final int CID = CodexFields.Delivery.CID << 3 | 2;
    private static final int DATA = CodexFields.Delivery.DATA << 3 | 2;
    private static final int ADDRESS = CodexFields.Delivery.ADDRESS << 3 | 2;
    private static final int PROOF = CodexFields.Delivery.PROOF << 3 | 2;

    private final ProtobufReader in;
    private final AddressReader address;
    private final Rejections rejections;
    private final WireLimits limits;
    private final List<BlockDelivery> deliveries = new ArrayList<>();
    private int records;

    DeliveryReader(ProtobufReader in, AddressReader address, Rejections rejections, WireLimits limits) {
        this.in = in;
        this.address = address;
        this.rejections = rejections;
        this.limits = limits;
    }

    /** Starts a message. */
    void begin() {
        records = 0;
    }

    /** Reads the delivery in the slice. Leaves the reader inside of it. */
    void read(long slice) {
        records++;
        if (records > limits.deliveriesMax()) {
            throw new ProtocolViolation(Rule.TOO_MANY_DELIVERIES,
                    "a message with more than " + limits.deliveriesMax() + " deliveries");
        }
        long cidBytes = Slice.ABSENT;
        long data = Slice.ABSENT;
        long addressBytes = Slice.ABSENT;
        long proof = Slice.ABSENT;
        in.enter(slice);
        while (in.next()) {
            switch (in.tag()) {
                case CID -> cidBytes = in.slice();
                case DATA -> data = in.slice();
                case ADDRESS -> addressBytes = in.slice();
                case PROOF -> proof = in.slice();
                default -> in.skipUnknown();
            }
        }
        checkData(data);
        add(cidBytes, data, addressBytes, proof);
    }

    private void checkData(long data) {
        if (Slice.isAbsent(data)) {
            throw new ProtocolViolation(Rule.DATA_MISSING,
                    "a delivery without data; even an empty block has the field");
        }
        if (Slice.length(data) > limits.blockLengthMax()) {
            throw new ProtocolViolation(Rule.BLOCK_TOO_LONG, "a block of " + Slice.length(data) + " bytes, at most "
                    + limits.blockLengthMax() + " are accepted");
        }
    }

    private void add(long cidBytes, long data, long addressBytes, long proofBytes) {
        Reason refusal = address.read(addressBytes);
        // A proof of a block that is no leaf means nothing; the real decoder does not read it either. Any other is read before the
        // record is refused: a number in it that kills a real node does so whatever else is wrong.
        boolean proven = address.isLeaf() && !Slice.isAbsent(proofBytes);
        Optional<MerkleProof> proof = proven ? readProof(proofBytes) : Optional.empty();
        Cid cid = address.readCid(cidBytes);
        if (refusal != null) {
            rejections.add(Part.DELIVERY, refusal);
        } else if (cid == null) {
            rejections.add(Part.DELIVERY, Reason.CID_INVALID, address.toAddress());
        } else if (proven && proof.isEmpty()) {
            rejections.add(Part.DELIVERY, Reason.PROOF_INVALID, address.toAddress());
        } else {
            byte[] ownData = Arrays.copyOfRange(in.array(), Slice.from(data), Slice.to(data));
            deliveries.add(new BlockDelivery(address.toAddress(), new Block(cid, ownData), proof));
        }
    }

    private Optional<MerkleProof> readProof(long slice) {
        if (Slice.length(slice) > limits.proofLengthMax()) {
            throw new ProtocolViolation(Rule.PROOF_TOO_LONG, "a proof of " + Slice.length(slice) + " bytes, at most "
                    + limits.proofLengthMax() + " are accepted");
        }
        try {
            return Optional.of(MerkleProof.decode(in.array(), Slice.from(slice), Slice.length(slice)));
        } catch (InvalidMerkleProof e) {
            if (e.reason() == InvalidMerkleProof.Reason.OUT_OF_RANGE) {
                throw new ProtocolViolation(Rule.INDEX_TOO_LARGE, "a proof with " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** The deliveries of the message, which are kept no longer here. */
    List<BlockDelivery> take() {
        List<BlockDelivery> taken = List.copyOf(deliveries);
        deliveries.clear();
        return taken;
    }
}
