package dev.peerscope.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import dev.peerscope.vectors.GoldenVectors;

class BlockTest {

    @Test
    void aBlockMatchesItsOwnDataOnly() {
        Block block = Block.of(CodexCodec.BLOCK, new byte[]{1, 2, 3});

        assertThat(block.matches()).isTrue();
        assertThat(new Block(block.cid(), new byte[]{1, 2, 4}).matches()).isFalse();
        assertThat(new Block(block.cid(), new byte[0]).matches()).isFalse();
    }

    @Test
    void theEmptyBlockIsTheRealOneAndMatchesNoData() {
        Cid real = Cid.decode(GoldenVectors.named("cid_empty_block").bytes());

        assertThat(Block.EMPTY.cid()).isEqualTo(real);
        assertThat(Block.EMPTY.matches()).isTrue();
        assertThat(new Block(real, new byte[]{0}).matches()).isFalse();
    }

    @Test
    void blocksAreEqualWhenCidAndDataAre() {
        Block block = Block.of(CodexCodec.BLOCK, new byte[]{1, 2, 3});

        assertThat(block).isEqualTo(Block.of(CodexCodec.BLOCK, new byte[]{1, 2, 3}))
                .hasSameHashCodeAs(Block.of(CodexCodec.BLOCK, new byte[]{1, 2, 3}));
        assertThat(block).isNotEqualTo(Block.of(CodexCodec.MANIFEST, new byte[]{1, 2, 3}))
                .isNotEqualTo(new Block(block.cid(), new byte[]{1, 2}));
    }
}
