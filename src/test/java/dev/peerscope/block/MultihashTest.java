package dev.peerscope.block;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.block.InvalidCid.Reason;

class MultihashTest {

    private static final byte[] ABC = "abc".getBytes(US_ASCII);

    @ParameterizedTest
    @CsvSource({"0x00, 616263", "0x11, a9993e364706816aba3e25717850c26c9cd0d89d",
            "0x12, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "0x13, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
                    + "454d4423643ce80e2a9ac94fa54ca49f",
            "0x16, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
            "0x56, 4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358"})
    void aHashIsRecognisedByItsPublishedDigest(String code, String digest) {
        Multihash hash = Multihash.of(Long.decode(code), HexFormat.of().parseHex(digest));

        assertThat(hash.isHashOf(ABC)).isTrue();
        assertThat(hash.isHashOf("abd".getBytes(US_ASCII))).isFalse();
        assertThat(Multihash.decode(hash.toBytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    }

    @Test
    void aHashThatCannotBeComputedMatchesNothing() {
        Multihash poseidon = Multihash.of(0xcd11, new byte[32]);

        assertThat(poseidon.isHashOf(new byte[0])).isFalse();
        assertThat(poseidon.functionName()).isEqualTo("poseidon2-alt_bn_128-merkle-2kb");
        assertThat(HexFormat.of().formatHex(poseidon.toBytes())).isEqualTo("919a0320" + "00".repeat(32));
    }

    @ParameterizedTest
    @CsvSource({"0x12, 31, WRONG_DIGEST_LENGTH", "0x12, 33, WRONG_DIGEST_LENGTH", "0x00, 129, WRONG_DIGEST_LENGTH",
            "0xb220, 31, WRONG_DIGEST_LENGTH", "0x22, 4, UNKNOWN_HASH", "0xb261, 33, UNKNOWN_HASH",
            "0xcd12, 32, UNKNOWN_HASH"})
    void aDigestThatDoesNotFitItsFunctionIsRefused(String code, int length, Reason reason) {
        assertThatExceptionOfType(InvalidCid.class).isThrownBy(() -> Multihash.of(Long.decode(code), new byte[length]))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"0xb220, 32", "0xb201, 1", "0xb240, 64", "0xb260, 32", "0x1b, 32", "0x18, 32", "0x00, 128", "0x00, 0"})
    void everyFunctionThatCodexKnowsIsAccepted(String code, int length) {
        Multihash hash = Multihash.of(Long.decode(code), new byte[length]);

        assertThat(hash.code()).isEqualTo(Long.decode(code));
        assertThat(hash.digestLength()).isEqualTo(length);
        assertThat(Multihash.isKnown(hash.code())).isTrue();
    }
}
