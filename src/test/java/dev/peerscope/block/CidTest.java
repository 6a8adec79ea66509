package dev.peerscope.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.InvalidCid.Reason;
import dev.peerscope.vectors.GoldenVector;
import dev.peerscope.vectors.GoldenVectors;

class CidTest {

    private static final String DIGEST = "d8bc63b4fc1156e5e7d95a418b9bf54cd3174bedbc2db40f74895349b229b3c0";
    private static final String BLOCK = "01829a031220" + DIGEST;
    private static final Cid BLOCK_CID = Cid.decode(HexFormat.of().parseHex(BLOCK));

    static List<GoldenVector> vectors() {
        return GoldenVectors.ofKind("cid");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aRealCidIsReadAndWrittenTheSameInBytesAndText(GoldenVector vector) {
        String base58 = vector.value().get("nim").asString();
        String base32 = vector.value().get("base32").asString();

        Cid cid = Cid.decode(vector.bytes());

        assertThat(cid).isEqualTo(Cid.parse(base58)).isEqualTo(Cid.parse(base32)).hasToString(base58);
        assertThat(cid.toBase32()).isEqualTo(base32);
        assertThat(cid.toBytes()).isEqualTo(vector.bytes());
        assertThat(cid.length()).isEqualTo(vector.bytes().length);
        assertThat(cid.contentType().codecName()).isEqualTo(vector.value().get("codec").asString());
        assertThat(cid.codec()).isEqualTo(Long.decode(vector.value().get("codecHex").asString()));
        assertThat(cid.version()).isEqualTo(vector.value().get("cidVersion").asInt());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aRealCidIsTheOneThatItsDataGets(GoldenVector vector) {
        byte[] data = HexFormat.of().parseHex(vector.value().path("dataHex").asString(""));
        Cid real = Cid.decode(vector.bytes());

        Block block = Block.of(real.contentType(), data);

        assertThat(block.cid()).isEqualTo(real);
        assertThat(block.matches()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"f01829a031220" + DIGEST,
            "F01829A031220D8BC63B4FC1156E5E7D95A418B9BF54CD3174BEDBC2DB40F74895349B229B3C0",
            "BAGBJUAYSEDMLYY5U7QIVNZPH3FNEDC436VGNGF2L5W6C3NAPOSEVGSNSFGZ4A",
            "mAYKaAxIg2LxjtPwRVuXn2VpBi5v1TNMXS+28LbQPdIlTSbIps8A",
            "uAYKaAxIg2LxjtPwRVuXn2VpBi5v1TNMXS-28LbQPdIlTSbIps8A"})
    void everyOtherMultibaseReadsTheSameCid(String text) {
        Cid cid = Cid.parse(text);

        assertThat(cid).isEqualTo(BLOCK_CID);
    }

    @Test
    void base36ReadsWhatItWrites() {
        String text = Multibase.BASE36.encode(BLOCK_CID.toBytes());

        assertThat(text).startsWith("k");
        assertThat(Cid.parse(text)).isEqualTo(BLOCK_CID);
    }

    /** The text of the empty UnixFS directory, which every IPFS node knows. */
    @Test
    void aVersion0CidIsBareBase58AndMeansDagPb() {
        String text = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";

        Cid cid = Cid.parse(text);

        assertThat(cid.version()).isZero();
        assertThat(cid.contentType()).isEqualTo(CodexCodec.DAG_PB);
        assertThat(cid).hasToString(text).isEqualTo(Cid.decode(cid.toBytes()));
        assertThat(HexFormat.of().formatHex(cid.toBytes()))
                .isEqualTo("122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef");
        assertThat(Cid.v1(CodexCodec.DAG_PB, cid.multihash())).isNotEqualTo(cid);
    }

    @ParameterizedTest
    @CsvSource({"'', EMPTY", "01, TRUNCATED", "0182, TRUNCATED", "01829a03, EMPTY", "01829a0312, TRUNCATED",
            "01829a031220d8bc, TRUNCATED", BLOCK + "00, TRAILING_BYTES",
            "02829a031220" + DIGEST + ", UNSUPPORTED_VERSION",
            "00829a031220" + DIGEST + ", UNSUPPORTED_VERSION", "01999a031220" + DIGEST + ", UNKNOWN_CODEC",
            "01829a03990120, UNKNOWN_HASH", "01829a03121fd8, WRONG_DIGEST_LENGTH",
            "01829a031221d8, WRONG_DIGEST_LENGTH",
            "01829a031200, WRONG_DIGEST_LENGTH", "01829a03008101, WRONG_DIGEST_LENGTH",
            "01829a03128000, BAD_VARINT", "8100829a031220" + DIGEST + ", BAD_VARINT",
            "01ffffffffffffffffff01, BAD_VARINT", "1220" + DIGEST + "00, UNSUPPORTED_VERSION"})
    void bytesThatAreNoCidAreRefusedWithTheRuleThatTheyBreak(String hex, Reason reason) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatExceptionOfType(InvalidCid.class).isThrownBy(() -> Cid.decode(bytes))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void bytesBeyondTheLongestCidAreNotLookedAt() {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex("01829a0300"), Cid.LENGTH_MAX + 1);

        assertThatExceptionOfType(InvalidCid.class).isThrownBy(() -> Cid.decode(bytes))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LONG));
    }

    @ParameterizedTest
    @CsvSource({"'', EMPTY", "hello, UNKNOWN_BASE", "z, EMPTY", "b, EMPTY", "z0OIl, BAD_CHARACTER",
            "zDxÄ, BAD_CHARACTER",
            "bAGBJ, BAD_CHARACTER", "f0, NOT_CANONICAL", "baf, NOT_CANONICAL", "bagb, NOT_CANONICAL",
            "f1220" + DIGEST + ", UNSUPPORTED_VERSION", "f" + BLOCK + "00, TRAILING_BYTES",
            "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3N0, BAD_CHARACTER",
            "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3N, UNKNOWN_BASE"})
    void textThatIsNoCidIsRefusedWithTheRuleThatItBreaks(String text, Reason reason) {
        assertThatExceptionOfType(InvalidCid.class).isThrownBy(() -> Cid.parse(text))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(chars = {'z', 'k', 'b', 'f', 'm'})
    void textBeyondTheLongestCidIsNotDecoded(char base) {
        String text = base + "a".repeat(Cid.TEXT_LENGTH_MAX);

        assertThatExceptionOfType(InvalidCid.class).isThrownBy(() -> Cid.parse(text))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LONG));
    }

    @Test
    void aRefusalNamesTheCharacterAndItsPlace() {
        assertThatExceptionOfType(InvalidCid.class).isThrownBy(() -> Cid.parse("zDx0"))
                .withMessageContaining("character 4").withMessageContaining("'0'");
    }

    @Test
    void aCidInsideALongerArrayIsReadFromItsOwnBytesOnly() {
        byte[] around = new byte[BLOCK_CID.length() + 7];
        Arrays.fill(around, (byte) 0x55);
        System.arraycopy(BLOCK_CID.toBytes(), 0, around, 3, BLOCK_CID.length());

        Cid cid = Cid.decode(around, 3, BLOCK_CID.length());

        assertThat(cid).isEqualTo(BLOCK_CID);
    }

    @Test
    void cidsAreOrderedByTheirBytesUnsigned() {
        Cid low = Cid.decode(HexFormat.of().parseHex("01551220" + "7f".repeat(32)));
        Cid high = Cid.decode(HexFormat.of().parseHex("01551220" + "80".repeat(32)));

        assertThat(Stream.of(high, low).sorted()).containsExactly(low, high);
    }

    @Test
    void theBytesThatAreHandedOutAreCopies() {
        BLOCK_CID.toBytes()[0] = 9;
        BLOCK_CID.multihash().digest()[0] = 9;

        assertThat(HexFormat.of().formatHex(BLOCK_CID.toBytes())).isEqualTo(BLOCK);
    }

    @Test
    void onlyTheCodexBlockOfNoDataIsTheEmptyBlock() {
        assertThat(Block.EMPTY.cid().isEmptyBlock()).isTrue();
        assertThat(Block.of(CodexCodec.MANIFEST, new byte[0]).cid().isEmptyBlock()).isFalse();
        assertThat(BLOCK_CID.isEmptyBlock()).isFalse();
    }
}
