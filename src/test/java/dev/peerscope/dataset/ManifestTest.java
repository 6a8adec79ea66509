package dev.peerscope.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.InvalidManifest.Reason;
import dev.peerscope.vectors.GoldenVector;
import dev.peerscope.vectors.GoldenVectors;

class ManifestTest {

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));

    static List<GoldenVector> vectors() {
        return GoldenVectors.ofKind("manifest");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aManifestIsWrittenWithTheBytesOfTheRealOne(GoldenVector vector) {
        Manifest manifest = described(vector.value());

        assertThat(manifest.encode()).isEqualTo(vector.bytes());
        assertThat(manifest.toBlock().cid()).hasToString(vector.value().get("manifestCid").get("nim").asString());
        assertThat(manifest.blocksCount()).isEqualTo(vector.value().get("blocksCount").asLong());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aRealManifestIsRead(GoldenVector vector) {
        Manifest read = Manifest.of(new Block(cid(vector.value().get("manifestCid")), vector.bytes()));

        Manifest described = described(vector.value());
        // An empty name cannot be told from none once it is written; Codex reads it as none as well.
        assertThat(read).isEqualTo(described.named(described.filename().filter(name -> !name.isEmpty()),
                described.mimetype()));
        assertThat(read.isProtected()).isEqualTo(vector.value().get("protected").asBoolean());
        assertThat(read.isVerifiable()).isEqualTo(vector.value().path("verifiable").asBoolean(false));
    }

    /** What Codex's decoder was given, and what is made of it here; it reads some of these, to no use. */
    static Stream<Arguments> decoderCases() {
        return Stream.of(Arguments.of("manifest empty bytes", Reason.INVALID_CID),
                Arguments.of("manifest header only empty", Reason.INVALID_CID),
                Arguments.of("manifest header without treeCid", Reason.INVALID_CID),
                Arguments.of("manifest version 5", Reason.UNKNOWN_VERSION),
                Arguments.of("manifest only treeCid", Reason.UNKNOWN_CODEC),
                Arguments.of("manifest blockSize 0", Reason.UNKNOWN_CODEC),
                Arguments.of("manifest datasetSize 2^64-1", Reason.DATASET_SIZE_OUT_OF_RANGE),
                Arguments.of("manifest codec unknown", Reason.UNKNOWN_CODEC),
                Arguments.of("manifest blockSize 2^33", Reason.MALFORMED));
    }

    @ParameterizedTest
    @MethodSource("decoderCases")
    void theCasesOfTheRealDecoderAreRefusedByName(String name, Reason reason) {
        byte[] bytes = decoderCase(name);

        assertThatExceptionOfType(InvalidManifest.class).isThrownBy(() -> Manifest.decode(bytes))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void everyManifestCaseOfTheRealDecoderIsCovered() {
        Stream<String> cases = GoldenVectors.json("decode.json").get("extra").valueStream()
                .map(entry -> entry.get("name").asString()).filter(name -> name.startsWith("manifest"));

        assertThat(cases.map(name -> name.substring(0, name.indexOf(" hex="))))
                .containsExactlyInAnyOrderElementsOf(decoderCases().map(known -> (String) known.get()[0]).toList());
    }

    @ParameterizedTest
    @CsvSource({"0, BLOCK_SIZE_OUT_OF_RANGE", "-1, BLOCK_SIZE_OUT_OF_RANGE", "104857601, BLOCK_SIZE_OUT_OF_RANGE"})
    void aBlockSizeThatNoMessageCanCarryIsRefused(long blockSize, Reason reason) {
        assertThatExceptionOfType(InvalidManifest.class).isThrownBy(() -> Manifest.plain(TREE, blockSize, 10))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void partsThatAreOutOfRangeAreRefusedByName() {
        assertRefused(Reason.DATASET_SIZE_OUT_OF_RANGE, () -> Manifest.plain(TREE, 10, -1));
        assertRefused(Reason.UNKNOWN_HASH, () -> manifest(0x22, 1, Optional.empty()));
        assertRefused(Reason.UNKNOWN_VERSION, () -> manifest(Multihash.SHA2_256, 2, Optional.empty()));
        assertRefused(Reason.BROKEN_ERASURE_CODING, () -> coding(0, 1, 40, 0));
        assertRefused(Reason.BROKEN_ERASURE_CODING, () -> coding(2, -1, 40, 0));
        assertRefused(Reason.DATASET_SIZE_OUT_OF_RANGE, () -> coding(2, 1, -1, 0));
        assertRefused(Reason.WRONG_SLOT_COUNT, () -> coding(2, 1, 40, 2));
        assertRefused(Reason.BROKEN_ERASURE_CODING,
                () -> manifest(Multihash.SHA2_256, 1, Optional.of(coding(2, 1, 50, 0))));
        assertRefused(Reason.BROKEN_ERASURE_CODING,
                () -> manifest(Multihash.SHA2_256, 1, Optional.of(coding(3, 1, Long.MAX_VALUE, 0))));
    }

    @Test
    void malformedPartsOfBytesAreRefusedByName() {
        byte[] plain = GoldenVectors.named("manifest_plain").bytes();
        byte[] verifiable = GoldenVectors.named("manifest_verifiable").bytes();

        assertRefused(Reason.MALFORMED, () -> Manifest.decode(new byte[]{(byte) 0x0b}));
        assertRefused(Reason.MALFORMED, () -> Manifest.decode(HexFormat.of().parseHex("0aff")));
        assertRefused(Reason.UNKNOWN_HASH, () -> Manifest.decode(with(plain, "2812", "2822")));
        assertRefused(Reason.UNKNOWN_VERSION, () -> Manifest.decode(with(plain, "28123002", "28123000")));
        assertRefused(Reason.INVALID_CID, () -> Manifest.decode(with(plain, "01839a031220", "01999a031220")));
        assertRefused(Reason.INVALID_CID, () -> Manifest.decode(with(verifiable, "01849a03", "01849a22")));
        assertRefused(Reason.WRONG_SLOT_COUNT, () -> Manifest.decode(with(verifiable, "122801849a03", "1a2801849a03")));
        assertRefused(Reason.BROKEN_ERASURE_CODING, () -> Manifest.decode(with(verifiable, "08021001", "08001003")));
        assertRefused(Reason.UNKNOWN_STRATEGY,
                () -> Manifest.decode(with(verifiable, "1880102000", "1880102002")));
    }

    @Test
    void bytesBeyondTheLongestManifestAreNotLookedAt() {
        assertRefused(Reason.TOO_LONG, () -> Manifest.decode(new byte[Manifest.ENCODED_LENGTH_MAX + 1]));
    }

    @Test
    void everyTruncationOfARealManifestIsRefused() {
        byte[] bytes = GoldenVectors.named("manifest_verifiable").bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);

            assertThatExceptionOfType(InvalidManifest.class).as("%d bytes", length)
                    .isThrownBy(() -> Manifest.decode(truncated));
        }
    }

    @Test
    void onlyAManifestBlockHoldsAManifest() {
        Block block = Block.of(CodexCodec.BLOCK, GoldenVectors.named("manifest_plain").bytes());

        assertRefused(Reason.NOT_A_MANIFEST, () -> Manifest.of(block));
    }

    @Test
    void namesThatAreNotUtf8AreStillRead() {
        byte[] bytes = with(GoldenVectors.named("manifest_filename").bytes(),
                HexFormat.of().formatHex("example.txt".getBytes(UTF_8)), "ff" + "61".repeat(10));

        assertThat(Manifest.decode(bytes).filename()).contains("\uFFFDaaaaaaaaaa");
    }

    @Test
    void onlyTheLastBlockIsPadded() {
        Manifest manifest = Manifest.plain(TREE, 10, 25);

        assertThat(manifest.blocksCount()).isEqualTo(3);
        assertThat(manifest.indices()).isEqualTo(BlockRanges.of(0, 2));
        assertThat(manifest.dataLength(0)).isEqualTo(10);
        assertThat(manifest.dataLength(2)).isEqualTo(5);
        assertThat(manifest.address(2)).isEqualTo(new BlockAddress.Leaf(TREE, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> manifest.dataLength(3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> manifest.address(-1));
    }

    @Test
    void aFullLastBlockAndAnEmptyDatasetHaveNoPadding() {
        assertThat(Manifest.plain(TREE, 10, 20).dataLength(1)).isEqualTo(10);
        assertThat(Manifest.plain(TREE, 10, 0).blocksCount()).isZero();
        assertThat(Manifest.plain(TREE, 10, 0).indices()).isEqualTo(BlockRanges.EMPTY);
    }

    @Test
    void theLargestDatasetIsCountedWithoutOverflow() {
        Manifest manifest = Manifest.plain(TREE, 3, Long.MAX_VALUE);

        assertThat(manifest.blocksCount()).isEqualTo(Long.MAX_VALUE / 3 + 1);
        assertThat(manifest.dataLength(manifest.blocksCount() - 1)).isEqualTo((int) (Long.MAX_VALUE % 3));
    }

    private static Manifest manifest(long hash, int cidVersion, Optional<ErasureCoding> coding) {
        return new Manifest(TREE, 10, 60, CodexCodec.BLOCK, hash, cidVersion, coding, Optional.empty(),
                Optional.empty());
    }

    private static ErasureCoding coding(long data, long parity, long originalSize, int slotRoots) {
        Optional<Verification> verification = slotRoots == 0 ? Optional.empty()
                : Optional.of(new Verification(TREE, Collections.nCopies(slotRoots, TREE), 2048,
                        IndexingStrategy.LINEAR));
        return new ErasureCoding(data, parity, TREE, originalSize, IndexingStrategy.STEPPED, verification);
    }

    private static void assertRefused(Reason reason, ThrowingCallable attempt) {
        assertThatExceptionOfType(InvalidManifest.class).isThrownBy(attempt)
                .satisfies(refused -> assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason));
    }

    private static byte[] with(byte[] bytes, String hex, String replacement) {
        String all = HexFormat.of().formatHex(bytes);
        assertThat(all).contains(hex);
        return HexFormat.of().parseHex(all.replace(hex, replacement));
    }

    private static byte[] decoderCase(String name) {
        return GoldenVectors.json("decode.json").get("extra").valueStream().map(entry -> entry.get("name").asString())
                .filter(entry -> entry.startsWith(name + " hex="))
                .map(entry -> HexFormat.of().parseHex(entry.substring(entry.indexOf('=') + 1))).findFirst()
                .orElseThrow();
    }

    private static Manifest described(JsonNode json) {
        return new Manifest(cid(json.get("treeCid")), json.get("blockSize").asLong(),
                Long.parseLong(json.get("datasetSize").asString()),
                CodexCodec.of(json.get("codecInt").asLong()).orElseThrow(), json.get("hcodecInt").asLong(),
                json.get("version").asString().equals("CIDv1") ? 1 : 0,
                json.get("protected").asBoolean() ? Optional.of(describedCoding(json)) : Optional.empty(),
                text(json.get("filename")), text(json.get("mimetype")));
    }

    private static ErasureCoding describedCoding(JsonNode json) {
        return new ErasureCoding(json.get("ecK").asLong(), json.get("ecM").asLong(), cid(json.get("originalTreeCid")),
                Long.parseLong(json.get("originalDatasetSize").asString()), strategy(json.get("protectedStrategy")),
                json.get("verifiable").asBoolean() ? Optional.of(describedVerification(json)) : Optional.empty());
    }

    private static Verification describedVerification(JsonNode json) {
        return new Verification(cid(json.get("verifyRoot")),
                json.get("slotRoots").valueStream().map(ManifestTest::cid).toList(), json.get("cellSize").asLong(),
                strategy(json.get("verifiableStrategy")));
    }

    private static IndexingStrategy strategy(JsonNode json) {
        return json.get("name").asString().equals("LinearStrategy") ? IndexingStrategy.LINEAR
                : IndexingStrategy.STEPPED;
    }

    private static Cid cid(JsonNode json) {
        return Cid.parse(json.get("nim").asString());
    }

    private static Optional<String> text(JsonNode json) {
        return json.isNull() ? Optional.empty() : Optional.of(json.asString());
    }
}
