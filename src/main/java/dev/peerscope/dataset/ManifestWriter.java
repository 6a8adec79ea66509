package dev.peerscope.dataset;

import static dev.peerscope.dataset.ManifestFields.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.peerscope.block.Cid;

/** Writes a manifest as Codex does. */
final class ManifestWriter {

    private ManifestWriter() {}

    static byte[] write(Manifest manifest) {
        ProtobufWriter header = new ProtobufWriter().bytes(TREE_CID, manifest.treeCid().toBytes())
                .varint(BLOCK_SIZE, manifest.blockSize()).varint(DATASET_SIZE, manifest.datasetSize())
                .varint(CODEC, manifest.codec().code()).varint(HASH, manifest.hash())
                .varint(VERSION, manifest.cidVersion() + 1);
        manifest.erasureCoding().ifPresent(coding -> header.message(ERASURE, erasure(coding)));
        manifest.filename().ifPresent(name -> header.bytes(FILENAME, name.getBytes(UTF_8)));
        manifest.mimetype().ifPresent(type -> header.bytes(MIMETYPE, type.getBytes(UTF_8)));
        return new ProtobufWriter().message(HEADER, header).toBytes();
    }

    private static ProtobufWriter erasure(ErasureCoding coding) {
        ProtobufWriter fields = new ProtobufWriter().varint(DATA_BLOCKS, coding.dataBlocks())
                .varint(PARITY_BLOCKS, coding.parityBlocks())
                .bytes(ORIGINAL_TREE_CID, coding.originalTreeCid().toBytes())
                .varint(ORIGINAL_DATASET_SIZE, coding.originalDatasetSize())
                .varint(PROTECTED_STRATEGY, coding.strategy().ordinal());
        coding.verification().ifPresent(verification -> fields.message(VERIFICATION, verification(verification)));
        return fields;
    }

    private static ProtobufWriter verification(Verification verification) {
        ProtobufWriter fields = new ProtobufWriter().bytes(VERIFY_ROOT, verification.verifyRoot().toBytes());
        for (Cid slotRoot : verification.slotRoots()) {
            fields.bytes(SLOT_ROOT, slotRoot.toBytes());
        }
        return fields.varint(CELL_SIZE, verification.cellSize()).varint(VERIFIABLE_STRATEGY,
                verification.strategy().ordinal());
    }
}
