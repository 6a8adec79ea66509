package dev.peerscope.dataset;

/** The tags of a manifest's messages: one that wraps the header, and three that are nested in each other. */
final class ManifestFields {

    static final int HEADER = 1 << 3 | ProtobufReader.BYTES;

    static final int TREE_CID = 1 << 3 | ProtobufReader.BYTES;
    static final int BLOCK_SIZE = 2 << 3 | ProtobufReader.VARINT;
    static final int DATASET_SIZE = 3 << 3 | ProtobufReader.VARINT;
    static final int CODEC = 4 << 3 | ProtobufReader.VARINT;
    static final int HASH = 5 << 3 | ProtobufReader.VARINT;
    /** 1 means CID version 0, 2 means version 1. */
    static final int VERSION = 6 << 3 | ProtobufReader.VARINT;
    static final int ERASURE = 7 << 3 | ProtobufReader.BYTES;
    static final int FILENAME = 8 << 3 | ProtobufReader.BYTES;
    static final int MIMETYPE = 9 << 3 | ProtobufReader.BYTES;

    static final int DATA_BLOCKS = 1 << 3 | ProtobufReader.VARINT;
    static final int PARITY_BLOCKS = 2 << 3 | ProtobufReader.VARINT;
    static final int ORIGINAL_TREE_CID = 3 << 3 | ProtobufReader.BYTES;
    static final int ORIGINAL_DATASET_SIZE = 4 << 3 | ProtobufReader.VARINT;
    static final int PROTECTED_STRATEGY = 5 << 3 | ProtobufReader.VARINT;
    static final int VERIFICATION = 6 << 3 | ProtobufReader.BYTES;

    static final int VERIFY_ROOT = 1 << 3 | ProtobufReader.BYTES;
    static final int SLOT_ROOT = 2 << 3 | ProtobufReader.BYTES;
    static final int CELL_SIZE = 3 << 3 | ProtobufReader.VARINT;
    static final int VERIFIABLE_STRATEGY = 4 << 3 | ProtobufReader.VARINT;

    private ManifestFields() {}
}
