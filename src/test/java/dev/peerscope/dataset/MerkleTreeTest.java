package dev.peerscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.InvalidMerkleTree.Reason;
import dev.peerscope.vectors.GoldenVector;
import dev.peerscope.vectors.GoldenVectors;

class MerkleTreeTest {

    private static final String NODE = "1a220a20abababababababababababababababababababababababababababababababab";

    static List<GoldenVector> vectors() {
        return GoldenVectors.ofKind("merkletree");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aTreeOverTheSameBlocksHasTheRootAndTheBytesOfTheRealOne(GoldenVector vector) {
        JsonNode real = vector.value();

        MerkleTree tree = treeOver(real.get("leafData"));

        assertThat(tree.root()).isEqualTo(GoldenVectors.hex(real.get("rootHex")));
        assertThat(tree.treeCid()).hasToString(real.get("rootCid").get("nim").asString());
        assertThat(tree.leavesCount()).isEqualTo(real.get("leavesCount").asInt());
        assertThat(tree.layers()).hasSize(real.get("levels").asInt());
        assertThat(tree.encode()).isEqualTo(vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aRealTreeIsReadAndWrittenTheSame(GoldenVector vector) {
        MerkleTree tree = MerkleTree.decode(vector.bytes());

        assertThat(tree.encode()).isEqualTo(vector.bytes());
        assertThat(tree).isEqualTo(treeOver(vector.value().get("leafData")));
        for (int i = 0; i < tree.leavesCount(); i++) {
            assertThat(tree.leafDigest(i)).isEqualTo(GoldenVectors.hex(vector.value().get("leafHashes").get(i)));
            assertThat(tree.leafCid(i)).hasToString(vector.value().get("leafCids").get(i).asString());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyProofHasTheBytesOfTheRealOneAndProvesItsBlock(GoldenVector vector) {
        MerkleTree tree = MerkleTree.decode(vector.bytes());
        for (JsonNode real : vector.value().get("proofs")) {
            int index = real.get("index").asInt();
            MerkleProof proof = tree.proof(index);

            assertThat(proof.encode()).isEqualTo(GoldenVectors.hex(real.get("encodedHex")));
            assertThat(MerkleProof.decode(GoldenVectors.hex(real.get("encodedHex")))).isEqualTo(proof);
            assertThat(proof.verify(tree.leafDigest(index), tree.root()))
                    .isEqualTo(real.get("verifiesWithRealVerify").asBoolean());
            assertThat(proof.proves(new BlockAddress.Leaf(tree.treeCid(), index), tree.leafCid(index))).isTrue();
        }
    }

    @Test
    void everyLeafOfEveryTreeOfOneToSeventyIsProvenAtItsPlaceAndNoOther() {
        for (int leaves = 1; leaves <= 70; leaves++) {
            MerkleTree tree = treeOf(leaves);
            for (int i = 0; i < leaves; i++) {
                MerkleProof proof = tree.proof(i);
                int other = (i + 1) % leaves;

                assertThat(proof.verify(tree.leafDigest(i), tree.root())).as("leaf %d of %d", i, leaves).isTrue();
                assertThat(proof.verify(tree.leafDigest(other), tree.root()))
                        .as("leaf %d as %d of %d", other, i, leaves)
                        .isEqualTo(other == i);
                assertThat(new MerkleProof(other, leaves, proof.path()).verify(tree.leafDigest(i), tree.root()))
                        .as("leaf %d at %d of %d", i, other, leaves).isEqualTo(other == i);
            }
        }
    }

    @Test
    void treesOfOneToSeventyLeavesAreReadAsTheyWereWritten() {
        for (int leaves = 1; leaves <= 70; leaves++) {
            MerkleTree tree = treeOf(leaves);

            assertThat(MerkleTree.decode(tree.encode()).encode()).as("%d leaves", leaves).isEqualTo(tree.encode());
        }
    }

    @Test
    void treesOfDifferentLengthsOverTheSameLeavesHaveDifferentRoots() {
        List<MerkleTree> trees = IntStream.rangeClosed(1, 70).mapToObj(MerkleTreeTest::treeOf).toList();

        assertThat(trees.stream().map(MerkleTree::treeCid)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"'', UNSUPPORTED_HASH", "ff, MALFORMED", "0812, LEAVES_OUT_OF_RANGE", "08121000, LEAVES_OUT_OF_RANGE",
            "081210ffffffffffffffffff01, LEAVES_OUT_OF_RANGE", "08121081808008, LEAVES_OUT_OF_RANGE",
            "08131001" + NODE + NODE + ", UNSUPPORTED_HASH", "08121001" + NODE + ", WRONG_NODE_COUNT",
            "08121001" + NODE + NODE + NODE + ", WRONG_NODE_COUNT", "081210011a00, WRONG_NODE_LENGTH",
            "081210011a040a02abab, WRONG_NODE_LENGTH", "08121001" + NODE + NODE + ", INCONSISTENT",
            "081210011a22, MALFORMED"})
    void bytesThatAreNoTreeAreRefusedWithTheRuleThatTheyBreak(String hex, Reason reason) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatExceptionOfType(InvalidMerkleTree.class).isThrownBy(() -> MerkleTree.decode(bytes))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void noFlippedBitOfAStoredTreeGoesUnnoticed() {
        MerkleTree tree = treeOf(5);
        byte[] bytes = tree.encode();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThatExceptionOfType(InvalidMerkleTree.class).as("bit %d", bit)
                    .isThrownBy(() -> MerkleTree.decode(flipped));
        }
    }

    @Test
    void aTreeNeedsALeaf() {
        assertThatExceptionOfType(InvalidMerkleTree.class).isThrownBy(() -> MerkleTree.of(List.of()))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.LEAVES_OUT_OF_RANGE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void aLeafIsADigestOf32Bytes(int length) {
        assertThatExceptionOfType(InvalidMerkleTree.class).isThrownBy(() -> MerkleTree.builder().add(new byte[length]))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_NODE_LENGTH));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5})
    void aLeafThatTheTreeHasNotIsRefused(int index) {
        MerkleTree tree = treeOf(5);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.proof(index));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.leafCid(index));
    }

    static MerkleTree treeOf(int leaves) {
        return MerkleTree.of(IntStream.range(0, leaves)
                .mapToObj(i -> Multihash.sha256(new byte[]{(byte) i, (byte) (i >> 8)}).digest()).toList());
    }

    private static MerkleTree treeOver(JsonNode blocks) {
        return MerkleTree.of(blocks.valueStream().map(GoldenVectors::hex)
                .map(data -> Block.of(CodexCodec.BLOCK, data).cid().multihash().digest()).toList());
    }
}
