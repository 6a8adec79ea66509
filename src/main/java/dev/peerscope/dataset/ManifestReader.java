package dev.peerscope.dataset;

import static dev.peerscope.dataset.ManifestFields.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.InvalidCid;
import dev.peerscope.dataset.InvalidManifest.Reason;

/**
 * Reads a manifest as Codex does: fields in any order, the last of a kind wins, unknown ones are skipped, an empty
 * sub-message or text counts as absent.
 */
final class ManifestReader {

    private static final ByteBuffer ABSENT = ByteBuffer.allocate(0);

    private ManifestReader() {}

    static Manifest read(byte[] bytes) {
        ProtobufReader fields = new ProtobufReader(ByteBuffer.wrap(bytes));
        ByteBuffer header = ABSENT;
        while (fields.next()) {
            switch (fields.tag()) {
                case HEADER -> header = fields.bytes();
                default -> fields.skip();
            }
        }
        return readHeader(new ProtobufReader(header));
    }

    private static Manifest readHeader(ProtobufReader fields) {
        byte[] treeCid = new byte[0];
        long blockSize = 0;
        long datasetSize = 0;
        long codec = 0;
        long hash = 0;
        long version = 0;
        ByteBuffer erasure = ABSENT;
        byte[] filename = new byte[0];
        byte[] mimetype = new byte[0];
        while (fields.next()) {
            switch (fields.tag()) {
                case TREE_CID -> treeCid = fields.byteArray();
                case BLOCK_SIZE -> blockSize = fields.uint32("the block size");
                case DATASET_SIZE -> datasetSize = fields.varint();
                case CODEC -> codec = fields.uint32("the codec");
                case HASH -> hash = fields.uint32("the hash function");
                case VERSION -> version = fields.uint32("the version");
                case ERASURE -> erasure = fields.bytes();
                case FILENAME -> filename = fields.byteArray();
                case MIMETYPE -> mimetype = fields.byteArray();
                default -> fields.skip();
            }
        }
        return new Manifest(cid("tree", treeCid), blockSize, datasetSize, codec(codec), hash, cidVersion(version),
                readErasure(erasure), text(filename), text(mimetype));
    }

    private static Optional<ErasureCoding> readErasure(ByteBuffer message) {
        if (!message.hasRemaining()) {
            return Optional.empty();
        }
        ProtobufReader fields = new ProtobufReader(message);
        long dataBlocks = 0;
        long parityBlocks = 0;
        byte[] originalTreeCid = new byte[0];
        long originalDatasetSize = 0;
        long strategy = 0;
        ByteBuffer verification = ABSENT;
        while (fields.next()) {
            switch (fields.tag()) {
                case DATA_BLOCKS -> dataBlocks = fields.uint32("the number of data blocks");
                case PARITY_BLOCKS -> parityBlocks = fields.uint32("the number of parity blocks");
                case ORIGINAL_TREE_CID -> originalTreeCid = fields.byteArray();
                case ORIGINAL_DATASET_SIZE -> originalDatasetSize = fields.varint();
                case PROTECTED_STRATEGY -> strategy = fields.uint32("the strategy of the groups");
                case VERIFICATION -> verification = fields.bytes();
                default -> fields.skip();
            }
        }
        return Optional.of(new ErasureCoding(dataBlocks, parityBlocks, cid("original tree", originalTreeCid),
                originalDatasetSize, IndexingStrategy.of(strategy), readVerification(verification)));
    }

    private static Optional<Verification> readVerification(ByteBuffer message) {
        if (!message.hasRemaining()) {
            return Optional.empty();
        }
        ProtobufReader fields = new ProtobufReader(message);
        byte[] verifyRoot = new byte[0];
        List<Cid> slotRoots = new ArrayList<>();
        long cellSize = 0;
        long strategy = 0;
        while (fields.next()) {
            switch (fields.tag()) {
                case VERIFY_ROOT -> verifyRoot = fields.byteArray();
                case SLOT_ROOT -> slotRoots.add(cid("slot " + slotRoots.size(), fields.byteArray()));
                case CELL_SIZE -> cellSize = fields.uint32("the cell size");
                case VERIFIABLE_STRATEGY -> strategy = fields.uint32("the strategy of the slots");
                default -> fields.skip();
            }
        }
        return Optional.of(new Verification(cid("verification", verifyRoot), slotRoots, cellSize,
                IndexingStrategy.of(strategy)));
    }

    private static Cid cid(String whose, byte[] bytes) {
        try {
            return Cid.decode(bytes);
        } catch (InvalidCid e) {
            throw new InvalidManifest(Reason.INVALID_CID, "the CID of the " + whose + ": " + e.getMessage());
        }
    }

    private static CodexCodec codec(long code) {
        return CodexCodec.of(code).orElseThrow(() -> new InvalidManifest(Reason.UNKNOWN_CODEC,
                "content type 0x" + Long.toHexString(code) + " is not one that Codex knows"));
    }

    private static int cidVersion(long number) {
        if (number != 1 && number != 2) {
            throw new InvalidManifest(Reason.UNKNOWN_VERSION,
                    "version " + number + ", expected 1 (CID version 0) or 2 (CID version 1)");
        }
        return (int) number - 1;
    }

    /** Codex does not check that a name is UTF-8; what is not reads as U+FFFD. */
    private static Optional<String> text(byte[] bytes) {
        return bytes.length == 0 ? Optional.empty() : Optional.of(new String(bytes, UTF_8));
    }
}
