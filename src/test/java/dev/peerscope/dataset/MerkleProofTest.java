package dev.peerscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.InvalidMerkleProof.Reason;
import dev.peerscope.vectors.GoldenVector;
import dev.peerscope.vectors.GoldenVectors;

class MerkleProofTest {

    private static final String NODE = "22220a20abababababababababababababababababababababababababababababababab";

    static List<GoldenVector> vectors() {
        return GoldenVectors.ofKind("merkleproof");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aRealProofIsReadAndWrittenTheSame(GoldenVector vector) {
        MerkleProof proof = MerkleProof.decode(vector.bytes());

        assertThat(proof.index()).isEqualTo(vector.value().get("index").asLong());
        assertThat(proof.leavesCount()).isEqualTo(vector.value().get("nleaves").asLong());
        assertThat(HexFormat.of().formatHex(proof.path())).isEqualTo(String.join("",
                vector.value().get("path").valueStream().map(node -> node.asString()).toList()));
        assertThat(proof.encode()).isEqualTo(vector.bytes());
    }

    @Test
    void aProofInsideALongerArrayIsReadFromItsOwnBytesOnly() {
        byte[] bytes = MerkleTreeTest.treeOf(6).proof(3).encode();
        byte[] around = new byte[bytes.length + 9];
        Arrays.fill(around, (byte) 0xff);
        System.arraycopy(bytes, 0, around, 4, bytes.length);

        MerkleProof proof = MerkleProof.decode(around, 4, bytes.length);

        assertThat(proof).isEqualTo(MerkleTreeTest.treeOf(6).proof(3));
    }

    /** Other writers leave zeros out, as protobuf allows, and may add fields of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"08121801" + NODE, "180108121000" + NODE,
            "08121000180122240a20cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd1001",
            "081210001801" + NODE + "9a0602beef", "0813081210051000180218010d01020304" + NODE})
    void omittedZerosUnknownFieldsAndRepeatedFieldsAreRead(String hex) {
        MerkleProof proof = MerkleProof.decode(HexFormat.of().parseHex(hex));

        assertThat(proof.index()).isZero();
        assertThat(proof.leavesCount()).isEqualTo(1);
        assertThat(proof.path()).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource({"'', UNSUPPORTED_HASH", "ffffff, MALFORMED", "08, MALFORMED", "089200, MALFORMED", "0b, MALFORMED",
            "0812100018012222, MALFORMED", "08121000188100, MALFORMED",
            "08121080808080808080808002, MALFORMED", "0812108080808080808080808001, MALFORMED",
            "08993310001801" + NODE + ", UNSUPPORTED_HASH", "10001801" + NODE + ", UNSUPPORTED_HASH",
            "081210001801, WRONG_PATH_LENGTH", "081210001801" + NODE + NODE + ", WRONG_PATH_LENGTH",
            "081210001803" + NODE + ", WRONG_PATH_LENGTH", "0812100018012200, WRONG_NODE_LENGTH",
            "08121000180122030a01ab, WRONG_NODE_LENGTH", "081210011801" + NODE + ", INDEX_BEYOND_LEAVES",
            "0812" + NODE + ", INDEX_BEYOND_LEAVES", "081210ffffffffffffffffff011801" + NODE + ", OUT_OF_RANGE",
            "0812100018ffffffffffffffffff01" + NODE + ", OUT_OF_RANGE",
            "0812100018ffffffffffffffff7f" + NODE + ", OUT_OF_RANGE",
            "0880808080808080808001" + NODE + ", OUT_OF_RANGE", "081210808080808080808080012200, OUT_OF_RANGE"})
    void bytesThatAreNoProofAreRefusedWithTheRuleThatTheyBreak(String hex, Reason reason) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatExceptionOfType(InvalidMerkleProof.class).isThrownBy(() -> MerkleProof.decode(bytes))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void aPathIsNotReadBeyondTheDepthOfTheLargestTree() {
        byte[] bytes = HexFormat.of().parseHex("081210001801" + NODE.repeat(MerkleProof.STEPS_MAX + 1));

        assertThatExceptionOfType(InvalidMerkleProof.class).isThrownBy(() -> MerkleProof.decode(bytes))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_PATH_LENGTH));
    }

    @Test
    void bytesBeyondTheLongestProofAreNotLookedAt() {
        byte[] bytes = new byte[MerkleProof.ENCODED_LENGTH_MAX + 1];

        assertThatExceptionOfType(InvalidMerkleProof.class).isThrownBy(() -> MerkleProof.decode(bytes))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LONG));
    }

    /** The largest tree there can be: an index of 63 bits. */
    @Test
    void aProofForTheLastLeafOfTheLargestTreeIsReadAndWrittenTheSame() {
        MerkleProof proof = new MerkleProof(Long.MAX_VALUE - 2, Long.MAX_VALUE - 1,
                new byte[MerkleProof.STEPS_MAX * 32]);

        assertThat(MerkleProof.decode(proof.encode())).isEqualTo(proof);
        assertThat(proof.verify(new byte[32], new byte[32])).isFalse();
    }

    @Test
    void noFlippedBitOfLeafRootOrPathVerifies() {
        for (int leaves : new int[]{1, 2, 3, 5, 8, 13}) {
            MerkleTree tree = MerkleTreeTest.treeOf(leaves);
            for (int i = 0; i < leaves; i++) {
                MerkleProof proof = tree.proof(i);
                byte[] leaf = tree.leafDigest(i);
                byte[] root = tree.root();

                forEachFlip(leaf, flipped -> assertThat(proof.verify(flipped, root)).isFalse());
                forEachFlip(root, flipped -> assertThat(proof.verify(leaf, flipped)).isFalse());
                forEachFlip(proof.path(),
                        flipped -> assertThat(
                                new MerkleProof(proof.index(), proof.leavesCount(), flipped).verify(leaf, root))
                                .isFalse());
            }
        }
    }

    /**
     * A flip may hit a byte whose change means nothing, such as the tag of an index that is zero, or the number of
     * leaves where the way stays the same: the claim that this leaf stands at this place is then still true.
     */
    @Test
    void noFlippedBitOfAnEncodedProofProvesAnotherClaim() {
        for (int leaves : new int[]{1, 2, 3, 5, 8, 13}) {
            MerkleTree tree = MerkleTreeTest.treeOf(leaves);
            for (int i = 0; i < leaves; i++) {
                MerkleProof proof = tree.proof(i);
                byte[] leaf = tree.leafDigest(i);

                forEachFlip(proof.encode(), flipped -> accepted(flipped, leaf, tree.root()).ifPresent(read -> {
                    assertThat(read.index()).isEqualTo(proof.index());
                    assertThat(read.path()).isEqualTo(proof.path());
                }));
            }
        }
    }

    @Test
    void aProofProvesOneBlockAtOneAddressOnly() {
        MerkleTree tree = MerkleTreeTest.treeOf(4);
        MerkleTree otherTree = MerkleTreeTest.treeOf(5);
        MerkleProof proof = tree.proof(2);
        BlockAddress.Leaf address = new BlockAddress.Leaf(tree.treeCid(), 2);

        assertThat(proof.proves(address, tree.leafCid(2))).isTrue();
        assertThat(proof.proves(address, tree.leafCid(1))).isFalse();
        assertThat(proof.proves(new BlockAddress.Leaf(tree.treeCid(), 3), tree.leafCid(2))).isFalse();
        assertThat(proof.proves(new BlockAddress.Leaf(otherTree.treeCid(), 2), tree.leafCid(2))).isFalse();
    }

    @Test
    void aHashOfAnotherFunctionIsNotProvenEvenWithTheSameDigest() {
        MerkleTree tree = MerkleTreeTest.treeOf(4);
        Cid doubleHashed = Cid.v1(CodexCodec.BLOCK, Multihash.of(0x56, tree.leafDigest(2)));

        assertThat(tree.proof(2).proves(new BlockAddress.Leaf(tree.treeCid(), 2), doubleHashed)).isFalse();
    }

    private static Optional<MerkleProof> accepted(byte[] bytes, byte[] leaf, byte[] root) {
        try {
            return Optional.of(MerkleProof.decode(bytes)).filter(proof -> proof.verify(leaf, root));
        } catch (InvalidMerkleProof refused) {
            return Optional.empty();
        }
    }

    private static void forEachFlip(byte[] bytes, Consumer<byte[]> check) {
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            check.accept(flipped);
        }
    }
}
