package dev.peerscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.dataset.MerkleTree;

class MemoryBlockStoreTest {

    private static final int PROOF_BYTES = 64;

    private final MemoryBlockStore store = new MemoryBlockStore(1_000);
    private final List<Block> blocks = List.of(block("one"), block("two"), block("three"), block("one"));
    private final MerkleTree tree = MerkleTree
            .of(blocks.stream().map(block -> block.cid().multihash().digest()).toList());

    @Test
    void aBlockIsFoundUnderItsOwnCidWithoutProof() {
        store.put(blocks.getFirst());

        assertThat(store.get(blocks.getFirst().address())).hasValueSatisfying(stored -> {
            assertThat(stored.block()).isEqualTo(blocks.getFirst());
            assertThat(stored.proof()).isEmpty();
        });
        assertThat(store.has(leaf(0))).isFalse();
    }

    @Test
    void aLeafIsFoundWithItsProofAndNotUnderItsOwnCid() {
        putLeaf(2);

        assertThat(store.get(leaf(2))).hasValueSatisfying(stored -> {
            assertThat(stored.block()).isEqualTo(blocks.get(2));
            assertThat(stored.proof()).contains(tree.proof(2));
        });
        assertThat(store.has(blocks.get(2).address())).isFalse();
        assertThat(store.has(leaf(1))).isFalse();
    }

    @Test
    void aBlockAtSeveralAddressesIsKeptOnce() {
        putLeaf(0);
        putLeaf(3);
        store.put(blocks.getFirst());

        assertThat(store.blockCount()).isEqualTo(1);
        assertThat(store.bytesStored()).isEqualTo(3);
    }

    @Test
    void itsDataGoesWhenNoAddressNeedsItAnyMore() {
        putLeaf(0);
        putLeaf(3);
        store.put(blocks.getFirst());

        assertThat(store.delete(leaf(0))).isTrue();
        assertThat(store.delete(blocks.getFirst().address())).isTrue();
        assertThat(store.has(leaf(3))).isTrue();
        assertThat(store.blockCount()).isEqualTo(1);

        assertThat(store.delete(leaf(3))).isTrue();
        assertThat(store.blockCount()).isZero();
        assertThat(store.bytesStored()).isZero();
    }

    @Test
    void whatIsNotHeldCannotBeDeleted() {
        putLeaf(0);

        assertThat(store.delete(leaf(1))).isFalse();
        assertThat(store.delete(blocks.getFirst().address())).isFalse();
        assertThat(store.delete(new BlockAddress.Leaf(block("no tree").cid(), 0))).isFalse();
    }

    @Test
    void aBlockThatDoesNotFitIsRefusedWithTheFiguresAndNothingChanges() {
        var small = new MemoryBlockStore(10);
        small.put(block("12345678"));

        assertThatThrownBy(() -> small.put(block("abc"))).isInstanceOf(BlockStoreFull.class)
                .hasMessageContaining("3").hasMessageContaining("8 of 10");

        assertThat(small.has(block("abc").address())).isFalse();
        assertThat(small.bytesStored()).isEqualTo(8);
        small.put(block("12345678"));
        small.put(block("ab"));
    }

    @Test
    void proofsCountAgainstTheBoundSoThatEqualLeavesAreBoundedToo() {
        var small = new MemoryBlockStore(3 + PROOF_BYTES);
        small.putLeaf(leaf(0), blocks.get(0), tree.proof(0));

        assertThatThrownBy(() -> small.putLeaf(leaf(3), blocks.get(3), tree.proof(3)))
                .isInstanceOf(BlockStoreFull.class);

        small.delete(leaf(0));
        small.putLeaf(leaf(3), blocks.get(3), tree.proof(3));
        assertThat(small.has(leaf(3))).isTrue();
    }

    @Test
    void storingALeafAgainChangesNothing() {
        var small = new MemoryBlockStore(3 + PROOF_BYTES);
        small.putLeaf(leaf(0), blocks.get(0), tree.proof(0));

        small.putLeaf(leaf(0), blocks.get(0), tree.proof(0));
        small.delete(leaf(0));

        assertThat(small.blockCount()).isZero();
    }

    @Test
    void contentsNameEveryAddressInTheFewestSets() {
        putLeaf(3);
        putLeaf(0);
        putLeaf(1);
        store.put(blocks.get(2));

        assertThat(store.contents()).containsExactlyInAnyOrder(
                new BlockSet.Leaves(tree.treeCid(), BlockRanges.parse("0-1,3")),
                new BlockSet.Single(blocks.get(2).cid()));
    }

    @Test
    void severalThreadsMayStoreAndDeleteAtOnce() throws Exception {
        var large = new MemoryBlockStore();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        var own = block("block " + i + " of thread " + number);
                        large.put(own);
                        large.putLeaf(leaf(i % 4), blocks.get(i % 4), tree.proof(i % 4));
                        large.delete(own.address());
                        large.delete(leaf(i % 4));
                    }
                }));
            }
            for (var one : work) {
                one.get();
            }
        }
        assertThat(large.blockCount()).isZero();
        assertThat(large.bytesStored()).isZero();
        assertThat(large.contents()).isEmpty();
        assertThat(large.get(leaf(0))).isEqualTo(Optional.empty());
    }

    private void putLeaf(int index) {
        store.putLeaf(leaf(index), blocks.get(index), tree.proof(index));
    }

    private BlockAddress.Leaf leaf(int index) {
        return new BlockAddress.Leaf(tree.treeCid(), index);
    }

    private static Block block(String text) {
        return Block.of(CodexCodec.BLOCK, text.getBytes(StandardCharsets.UTF_8));
    }
}
