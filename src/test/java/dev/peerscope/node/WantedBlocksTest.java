package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.node.WantedContent.OfBlocks;
import dev.peerscope.node.WantedContent.OfManifest;
import dev.peerscope.node.WantedContent.OfRanges;
import dev.peerscope.node.WantedContent.OfTree;

class WantedBlocksTest {

    private static final Cid TREE = cid(CodexCodec.ROOT);
    private static final Cid BLOCK = cid(CodexCodec.BLOCK);

    static Stream<WantedContent> whatCannotBeWanted() {
        return Stream.of(new OfManifest(BLOCK), new OfTree(TREE, 0), new OfTree(TREE, -1), new OfTree(TREE, 1L << 31),
                new OfTree(BLOCK, 5), new OfRanges(TREE, BlockRanges.EMPTY),
                new OfRanges(TREE, BlockRanges.of(0, Integer.MAX_VALUE)), new OfRanges(BLOCK, BlockRanges.ofIndex(1)),
                new OfBlocks(List.of()));
    }

    @ParameterizedTest
    @MethodSource
    void whatCannotBeWanted(WantedContent content) {
        assertThatThrownBy(() -> WantedBlocks.of(content)).isInstanceOf(UnusableContent.class).message().isNotBlank();
    }

    static Stream<WantedContent> whatGoesByAnotherHashThanSha256() {
        return Stream.of(new OfManifest(identity(CodexCodec.MANIFEST)), new OfTree(identity(CodexCodec.ROOT), 5),
                new OfRanges(identity(CodexCodec.ROOT), BlockRanges.ofIndex(1)),
                new OfBlocks(List.of(BLOCK, identity(CodexCodec.RAW))));
    }

    @ParameterizedTest
    @MethodSource
    void whatGoesByAnotherHashThanSha256(WantedContent content) {
        assertThatThrownBy(() -> WantedBlocks.of(content)).isInstanceOf(UnusableContent.class)
                .hasMessageContaining("by the hash identity").hasMessageContaining("sha2-256");
    }

    @Test
    void aManifestWhoseTreeGoesByAnotherHashPutsNothingOnOurWantList() {
        var tree = identity(CodexCodec.ROOT);

        assertThatThrownBy(() -> WantedBlocks.of(Manifest.plain(tree, 1024, 2500)))
                .isInstanceOf(UnusableContent.class).hasMessageContaining(tree.toString());
    }

    @Test
    void aCidOfVersionZeroCanBeWanted() {
        var cid = Cid.parse("QmcvhPGwZhx6PrhmGLrD4tcQbjHputsFFbEnxugoHoagAs");

        assertThat(WantedBlocks.of(new OfBlocks(List.of(cid))).orElseThrow().sets())
                .containsExactly(new BlockSet.Single(cid));
    }

    @Test
    void aTreeIsAllOfItsLeaves() {
        assertThat(WantedBlocks.of(new OfTree(TREE, 5))).hasValueSatisfying(wanted -> {
            assertThat(wanted.sets()).containsExactly(new BlockSet.Leaves(TREE, BlockRanges.of(0, 4)));
            assertThat(wanted.treeCid()).contains(TREE);
            assertThat(wanted.count()).isEqualTo(5);
        });
    }

    @Test
    void theLargestTreeHasIndicesThatFitABitmap() {
        assertThat(WantedBlocks.of(new OfTree(TREE, Integer.MAX_VALUE)).orElseThrow().count())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aBlockNamedTwiceIsWantedOnce() {
        var wanted = WantedBlocks.of(new OfBlocks(List.of(BLOCK, TREE, BLOCK))).orElseThrow();

        assertThat(wanted.sets()).containsExactly(new BlockSet.Single(BLOCK), new BlockSet.Single(TREE));
        assertThat(wanted.count()).isEqualTo(2);
        assertThat(wanted.treeCid()).isEmpty();
    }

    @Test
    void aManifestMustBeReadFirst() {
        assertThat(WantedBlocks.of(new OfManifest(cid(CodexCodec.MANIFEST)))).isEmpty();

        var wanted = WantedBlocks.of(Manifest.plain(TREE, 1024, 2500));
        assertThat(wanted.sets()).containsExactly(new BlockSet.Leaves(TREE, BlockRanges.of(0, 2)));
    }

    private static Cid cid(CodexCodec codec) {
        return Cid.v1(codec, Multihash.sha256(new byte[]{1}));
    }

    /** A CID that carries its content instead of a hash of it. */
    private static Cid identity(CodexCodec codec) {
        return Cid.v1(codec, Multihash.of(0x00, new byte[32]));
    }
}
