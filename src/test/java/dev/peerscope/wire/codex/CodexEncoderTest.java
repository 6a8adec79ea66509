package dev.peerscope.wire.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.wire.UnsendableMessage;

/** What is never sent, because a real node would end the stream over it or die of it. */
class CodexEncoderTest {

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));

    @Test
    void aMessageThatSaysNothingHasAllItsFields() {
        byte[] encoded = CodexStream.encode(ExchangeMessage.EMPTY);

        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo("0a021000280032020a003a020a00");
    }

    @Test
    void aMessageLongerThanARealNodeReadsIsNotSent() {
        Block block = Block.of(CodexCodec.BLOCK, new byte[1 << 20]);
        BlockDelivery delivery = new BlockDelivery(block.address(), block, Optional.empty());
        ExchangeMessage message = ExchangeMessage.ofDeliveries(Collections.nCopies(100, delivery));

        assertThatExceptionOfType(UnsendableMessage.class).isThrownBy(() -> CodexStream.encode(message))
                .withMessageContaining("at most 104857600");
    }

    @ParameterizedTest
    @CsvSource({"0, 2000000", "5, 9223372036854775807", "0, 9223372036854775807"})
    void presencesOfMoreBlocksThanAMessageHoldsAreNotSent(long first, long last) {
        BlockSet leaves = new BlockSet.Leaves(TREE, BlockRanges.of(first, last));
        ExchangeMessage message = ExchangeMessage.ofPresences(List.of(BlockPresence.have(leaves, Price.ZERO)));

        assertThatExceptionOfType(UnsendableMessage.class).isThrownBy(() -> CodexStream.encode(message));
    }

    @ParameterizedTest
    @CsvSource({"0, 300, true", "16000, 16500, false", "9223372036854775800, 9223372036854775807, true"})
    void wantHavesAsSetsHaveTheBytesOfEntries(long first, long last, boolean full) {
        List<BlockSet> sets = List.of(new BlockSet.Leaves(TREE, BlockRanges.of(first, last)),
                new BlockSet.Single(Block.of(CodexCodec.BLOCK, new byte[]{1}).cid()));
        List<WantListEntry> entries = sets.stream().flatMap(BlockSet::addresses).map(WantListEntry::wantHave).toList();

        assertThat(CodexStream.encode(ExchangeMessage.of(WantList.ofWantHaves(sets, full))))
                .isEqualTo(CodexStream.encode(ExchangeMessage.of(new WantList(entries, full))));
    }

    @Test
    void wantHavesOfMoreBlocksThanAMessageHoldsAreNotSent() {
        BlockSet leaves = new BlockSet.Leaves(TREE, BlockRanges.of(0, Long.MAX_VALUE));
        ExchangeMessage message = ExchangeMessage.of(WantList.ofWantHaves(List.of(leaves), false));

        assertThatExceptionOfType(UnsendableMessage.class).isThrownBy(() -> CodexStream.encode(message));
    }

    @ParameterizedTest
    @CsvSource({"0, 300", "16000, 16500", "2097000, 2097300", "9223372036854775800, 9223372036854775807"})
    void aRangeOfLeavesIsMeasuredAsItIsWritten(long first, long last) {
        BlockSet leaves = new BlockSet.Leaves(TREE, BlockRanges.of(first, last));
        List<BlockPresence> run = List.of(BlockPresence.have(leaves, Price.of(7)));

        ExchangeMessage decoded = CodexStream.decodeOne(CodexStream.encode(ExchangeMessage.ofPresences(run)));

        assertThat(decoded.presences()).isEqualTo(run);
    }

    @Test
    void aProofIsWrittenForLeavesOnly() {
        Block block = Block.of(CodexCodec.BLOCK, new byte[]{1, 2, 3});
        MerkleProof proof = new MerkleProof(0, 1, new byte[32]);
        ExchangeMessage message = ExchangeMessage
                .ofDeliveries(List.of(new BlockDelivery(block.address(), block, Optional.of(proof))));

        ExchangeMessage decoded = CodexStream.decodeOne(CodexStream.encode(message));

        assertThat(decoded.deliveries().getFirst().proof()).isEmpty();
    }

    @Test
    void anEmptyBlockIsSentWithItsDataField() {
        ExchangeMessage message = ExchangeMessage.ofDeliveries(
                List.of(new BlockDelivery(Block.EMPTY.address(), Block.EMPTY, Optional.empty())));

        byte[] encoded = CodexStream.encode(message);

        assertThat(HexFormat.of().formatHex(encoded)).contains("12001a2a0800");
        assertThat(CodexStream.decodeOne(encoded)).isEqualTo(message);
    }
}
