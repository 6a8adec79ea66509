package dev.peerscope.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;

class MessageBatchesTest {

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));
    private static final BlockSet SINGLE = new BlockSet.Single(
            Cid.v1(CodexCodec.BLOCK, Multihash.sha256(new byte[]{2})));

    private final MessageBatches batches = new MessageBatches(new BatchLimits(4, 4, 3, 1000));

    @Test
    void aWantListIsCutAndOnlyItsFirstPartSaysFull() {
        List<WantListEntry> entries = wants(9);

        List<ExchangeMessage> messages = batches.ofWantList(new WantList(entries, true));

        assertThat(messages).extracting(ExchangeMessage::wantList).containsExactly(
                new WantList(entries.subList(0, 4), true), new WantList(entries.subList(4, 8), false),
                new WantList(entries.subList(8, 9), false));
    }

    @Test
    void aWantListThatFitsStaysWhole() {
        WantList wantList = new WantList(wants(4), false);

        assertThat(batches.ofWantList(wantList)).containsExactly(ExchangeMessage.of(wantList));
        assertThat(batches.ofWantList(WantList.EMPTY)).isEmpty();
    }

    @Test
    void aRunOfPresencesIsCutWhereTheMessageIsFull() {
        BlockPresence run = have("0-4,10-13");

        List<ExchangeMessage> messages = batches.ofPresences(List.of(run));

        assertThat(messages).extracting(ExchangeMessage::presences).containsExactly(List.of(have("0-3")),
                List.of(have("4,10-12")), List.of(have("13")));
    }

    @Test
    void runsShareAMessageInTheirOrder() {
        BlockPresence single = BlockPresence.dontHave(SINGLE);

        List<ExchangeMessage> messages = batches.ofPresences(List.of(have("0-2"), single, single, have("7-9"), single));

        assertThat(messages).extracting(ExchangeMessage::presences).containsExactly(List.of(have("0-2"), single),
                List.of(single, have("7-9")), List.of(single));
    }

    @Test
    void ofALongRunNoPresenceIsLost() {
        BlockPresence run = have("0-1000,2000-2998");
        MessageBatches codexLike = new MessageBatches(new BatchLimits(1024, 1024, 20, 1));

        List<ExchangeMessage> messages = codexLike.ofPresences(List.of(run));

        assertThat(messages).extracting(message -> message.presences().getFirst().blocks().count())
                .containsExactly(1024L, 976L);
        BlockRanges all = messages.stream().map(message -> message.presences().getFirst().blocks())
                .map(blocks -> ((BlockSet.Leaves) blocks).ranges()).reduce(BlockRanges.EMPTY, BlockRanges::union);
        assertThat(new BlockSet.Leaves(TREE, all)).isEqualTo(run.blocks());
    }

    @Test
    void deliveriesAreCutByNumberAndByBytes() {
        assertThat(sizes(100, 100, 100, 100)).containsExactly(List.of(100, 100, 100), List.of(100));
        assertThat(sizes(500, 500, 1, 999)).containsExactly(List.of(500, 500), List.of(1, 999));
    }

    @Test
    void aBlockOverTheBoundGoesAlone() {
        assertThat(sizes(10, 2000, 10)).containsExactly(List.of(10), List.of(2000), List.of(10));
    }

    private List<List<Integer>> sizes(int... lengths) {
        List<BlockDelivery> deliveries = Arrays.stream(lengths).mapToObj(MessageBatchesTest::delivery).toList();
        return batches.ofDeliveries(deliveries).stream().map(message -> message.deliveries().stream()
                .map(delivery -> delivery.block().data().length).toList()).toList();
    }

    private static BlockDelivery delivery(int length) {
        Block block = Block.of(CodexCodec.BLOCK, new byte[length]);
        return new BlockDelivery(block.address(), block, Optional.empty());
    }

    private static List<WantListEntry> wants(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> WantListEntry.wantHave(new BlockAddress.Leaf(TREE, index))).toList();
    }

    private static BlockPresence have(String ranges) {
        return BlockPresence.have(new BlockSet.Leaves(TREE, BlockRanges.parse(ranges)), Price.of(3));
    }
}
