package dev.peerscope.block;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A hash function that a Codex node knows by its multihash code.
 *
 * @param code the multihash code
 * @param name the name in the multicodec table
 * @param digestLength the one digest length in bytes that is accepted, or {@link #ANY_LENGTH}
 * @param way how a digest is computed, or that it cannot be here
 */
record HashFunction(long code, String name, int digestLength, Way way) {

    /** The identity "hash" carries the data itself, whatever its length. */
    static final int ANY_LENGTH = -1;

    private static final Map<Long, HashFunction> BY_CODE = known();

    static Optional<HashFunction> of(long code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    boolean allows(int length) {
        return digestLength == ANY_LENGTH || digestLength == length;
    }

    /** The digest of the data, or empty when this function is only known by name. */
    Optional<byte[]> digest(byte[] data) {
        return switch (way) {
            case Way.Copy() -> Optional.of(data.clone());
            case Way.Jdk(String algorithm) -> Optional.of(digest(algorithm, data));
            case Way.Twice(String algorithm) -> Optional.of(digest(algorithm, digest(algorithm, data)));
            case Way.Unavailable() -> Optional.empty();
        };
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks the hash function " + algorithm, e);
        }
    }

    private static Map<Long, HashFunction> known() {
        Map<Long, HashFunction> known = new HashMap<>();
        add(known, 0x00, "identity", ANY_LENGTH, new Way.Copy());
        add(known, 0x11, "sha1", 20, new Way.Jdk("SHA-1"));
        add(known, Multihash.SHA2_256, "sha2-256", 32, new Way.Jdk("SHA-256"));
        add(known, 0x13, "sha2-512", 64, new Way.Jdk("SHA-512"));
        add(known, 0x14, "sha3-512", 64, new Way.Jdk("SHA3-512"));
        add(known, 0x15, "sha3-384", 48, new Way.Jdk("SHA3-384"));
        add(known, 0x16, "sha3-256", 32, new Way.Jdk("SHA3-256"));
        add(known, 0x17, "sha3-224", 28, new Way.Jdk("SHA3-224"));
        add(known, 0x18, "shake-128", 32, new Way.Unavailable());
        add(known, 0x19, "shake-256", 64, new Way.Unavailable());
        add(known, 0x1a, "keccak-224", 28, new Way.Unavailable());
        add(known, 0x1b, "keccak-256", 32, new Way.Unavailable());
        add(known, 0x1c, "keccak-384", 48, new Way.Unavailable());
        add(known, 0x1d, "keccak-512", 64, new Way.Unavailable());
        add(known, 0x56, "dbl-sha2-256", 32, new Way.Twice("SHA-256"));
        for (int bytes = 1; bytes <= 64; bytes++) {
            add(known, 0xb200 + bytes, "blake2b-" + 8 * bytes, bytes, new Way.Unavailable());
        }
        for (int bytes = 1; bytes <= 32; bytes++) {
            add(known, 0xb240 + bytes, "blake2s-" + 8 * bytes, bytes, new Way.Unavailable());
        }
        // Codex's own additions; slot roots of verifiable manifests carry the second.
        add(known, 0xcd10, "poseidon2-alt_bn_128-sponge-r2", 32, new Way.Unavailable());
        add(known, 0xcd11, "poseidon2-alt_bn_128-merkle-2kb", 32, new Way.Unavailable());
        return Map.copyOf(known);
    }

    private static void add(Map<Long, HashFunction> known, long code, String name, int digestLength, Way way) {
        known.put(code, new HashFunction(code, name, digestLength, way));
    }

    /** How a digest comes about. */
    sealed interface Way {
        record Copy() implements Way {}

        record Jdk(String algorithm) implements Way {}

        record Twice(String algorithm) implements Way {}

        record Unavailable() implements Way {}
    }
}
