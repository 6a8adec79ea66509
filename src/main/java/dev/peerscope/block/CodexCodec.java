package dev.peerscope.block;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A content type that a Codex node accepts in a CID: its own six, and those that its libp2p library brings along.
 *
 * <p>Codes and names are those of the multicodec table; {@code 0xcd01} to {@code 0xcd06} are Codex's own additions.
 */
public enum CodexCodec {
    /** A block that describes a dataset. */
    MANIFEST(0xcd01, "codex-manifest"),
    /** A block of data. */
    BLOCK(0xcd02, "codex-block"),
    /** The root of a dataset's Merkle tree. */
    ROOT(0xcd03, "codex-root"),
    /** The root of the tree over the blocks of one slot. */
    SLOT_ROOT(0xcd04, "codex-slot-root"),
    /** The root of the tree over all slot roots. */
    PROVING_ROOT(0xcd05, "codex-proving-root"),
    /** One cell of a slot. */
    SLOT_CELL(0xcd06, "codex-slot-cell"),

    /** Bytes without a format; the usual content type of IPFS leaves. */
    RAW(0x55, "raw"),
    /** The IPFS node format; the only content type of a CIDv0. */
    DAG_PB(0x70, "dag-pb"),
    DAG_CBOR(0x71, "dag-cbor"),
    LIBP2P_KEY(0x72, "libp2p-key"),
    GIT_RAW(0x78, "git-raw"),
    TORRENT_INFO(0x7b, "torrent-info"),
    TORRENT_FILE(0x7c, "torrent-file"),
    ETH_BLOCK(0x90, "eth-block"),
    ETH_BLOCK_LIST(0x91, "eth-block-list"),
    ETH_TX_TRIE(0x92, "eth-tx-trie"),
    ETH_TX(0x93, "eth-tx"),
    ETH_TX_RECEIPT_TRIE(0x94, "eth-tx-receipt-trie"),
    ETH_TX_RECEIPT(0x95, "eth-tx-receipt"),
    ETH_STATE_TRIE(0x96, "eth-state-trie"),
    ETH_ACCOUNT_SNAPSHOT(0x97, "eth-account-snapshot"),
    ETH_STORAGE_TRIE(0x98, "eth-storage-trie"),
    BITCOIN_BLOCK(0xb0, "bitcoin-block"),
    BITCOIN_TX(0xb1, "bitcoin-tx"),
    ZCASH_BLOCK(0xc0, "zcash-block"),
    ZCASH_TX(0xc1, "zcash-tx"),
    STELLAR_BLOCK(0xd0, "stellar-block"),
    STELLAR_TX(0xd1, "stellar-tx"),
    DECRED_BLOCK(0xe0, "decred-block"),
    DECRED_TX(0xe1, "decred-tx"),
    ED25519_PUB(0xed, "ed25519-pub"),
    DASH_BLOCK(0xf0, "dash-block"),
    DASH_TX(0xf1, "dash-tx"),
    DAG_JSON(0x129, "dag-json");

    private static final Map<Long, CodexCodec> BY_CODE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(CodexCodec::code, Function.identity()));

    private final long code;
    private final String codecName;

    CodexCodec(long code, String codecName) {
        this.code = code;
        this.codecName = codecName;
    }

    /** The codec with this multicodec code, or empty when a Codex node does not accept it in a CID. */
    public static Optional<CodexCodec> of(long code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The multicodec code, such as {@code 0xcd02}. */
    public long code() {
        return code;
    }

    /** The name in the multicodec table, such as {@code codex-block}. */
    public String codecName() {
        return codecName;
    }
}
