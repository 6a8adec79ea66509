package dev.peerscope.wire.codex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.vectors.GoldenVector;
import dev.peerscope.vectors.GoldenVectors;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.WireLimits;

/** How a stream is cut, and how presences become runs. */
class CodexDecoderTest {

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));
    private static final Cid OTHER_TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{2}));
    private static final Cid BLOCK = Cid.v1(CodexCodec.BLOCK, Multihash.sha256(new byte[]{3}));
    private static final Price FREE = Price.ZERO;
    private static final Price FIVE = Price.of(5);

    private final byte[] stream = ExpectedMessages.framed(GoldenVectors.ofKind("message").stream()
            .filter(vector -> !vector.name().startsWith("want_priority_neg") && !vector.name().endsWith("_min"))
            .map(GoldenVector::bytes).toArray(byte[][]::new));
    private final List<ExchangeMessage> whole = CodexStream.decode(stream);

    @Test
    void aStreamOfSingleBytesHoldsTheSameMessages() {
        byte[][] cuts = new byte[stream.length][];
        for (int i = 0; i < stream.length; i++) {
            cuts[i] = new byte[]{stream[i]};
        }
        assertThat(CodexStream.decode(cuts)).isEqualTo(whole);
    }

    @Test
    void aStreamInOddCutsHoldsTheSameMessages() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<byte[]> cuts = new ArrayList<>();
            int from = 0;
            while (from < stream.length) {
                int to = Math.min(stream.length, from + random.nextInt(1, 40_000));
                cuts.add(Arrays.copyOfRange(stream, from, to));
                from = to;
            }
            assertThat(CodexStream.decode(cuts.toArray(byte[][]::new))).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void aBufferOutsideTheHeapHoldsTheSameMessages() {
        ByteBuf direct = CodexStream.direct(stream);
        List<ExchangeMessage> messages = new ArrayList<>();
        try (MessageDecoder decoder = new CodexDialect().decoder(WireLimits.DEFAULT)) {
            decoder.decode(direct, messages::add);
        } finally {
            direct.release();
        }
        assertThat(messages).isEqualTo(whole);
    }

    @Test
    void aDecoderSaysWhetherItsStreamMayEndHere() {
        byte[] frame = ExpectedMessages.framed(GoldenVectors.named("msg_empty").bytes());
        ByteBuf in = CodexStream.direct(frame);
        List<Boolean> inside = new ArrayList<>();
        try (MessageDecoder decoder = new CodexDialect().decoder(WireLimits.DEFAULT)) {
            for (int i = 0; i < frame.length; i++) {
                inside.add(decoder.isInsideMessage());
                decoder.decode(in.slice(i, 1), _ -> {});
            }
            inside.add(decoder.isInsideMessage());
        } finally {
            in.release();
        }
        assertThat(inside).hasSize(16).startsWith(false).endsWith(false);
        assertThat(inside.subList(1, 15)).containsOnly(true);
    }

    @Test
    void allLeavesOfATreeShareOneCid() {
        ExchangeMessage wants = CodexStream.decodeOne(GoldenVectors.named("want_1024_leaf").bytes());
        Cid first = wants.wantList().entries().getFirst().address().cid();

        assertThat(wants.wantList().entries()).hasSize(1024).extracting(WantListEntry::address)
                .extracting(BlockAddress::cid).allSatisfy(cid -> assertThat(cid).isSameAs(first));
    }

    @Test
    void theMessagesOfAStreamShareTheCidOfATree() {
        byte[] message = GoldenVectors.named("presence_1024_leaf").bytes();

        List<ExchangeMessage> messages = CodexStream.decode(ExpectedMessages.framed(message, message));

        assertThat(messages.get(1).presences().getFirst().blocks().cid())
                .isSameAs(messages.get(0).presences().getFirst().blocks().cid());
    }

    @Test
    void presencesOfOneTreeTypeAndPriceBecomeOneRun() {
        ExchangeMessage decoded = CodexStream.decodeOne(GoldenVectors.named("presence_1024_leaf").bytes());

        assertThat(decoded.presences()).singleElement().satisfies(run -> {
            assertThat(((BlockSet.Leaves) run.blocks()).ranges()).isEqualTo(BlockRanges.of(0, 1023));
            assertThat(run.price()).isSameAs(Price.ZERO);
        });
    }

    @Test
    void alternatingPresencesBecomeOneRunEach() {
        List<BlockPresence> told = List.of(have(TREE, 0, FREE), dontHave(TREE, 1), have(TREE, 2, FREE),
                have(TREE, 3, FIVE), dontHave(TREE, 4), have(TREE, 5, FIVE), have(TREE, 6, FREE));

        List<BlockPresence> runs = told(told);

        assertThat(runs).containsExactly(BlockPresence.have(leaves(TREE, "0,2,6"), FREE),
                BlockPresence.dontHave(leaves(TREE, "1,4")), BlockPresence.have(leaves(TREE, "3,5"), FIVE));
    }

    @Test
    void ofTwoPresencesOfOneBlockTheLastIsTheLater() {
        List<BlockPresence> runs = told(List.of(have(TREE, 7, FREE), dontHave(TREE, 8), have(TREE, 7, FIVE),
                dontHave(TREE, 7), have(TREE, 8, FREE)));

        assertThat(runs).containsExactly(BlockPresence.have(leaves(TREE, "7"), FREE),
                BlockPresence.dontHave(leaves(TREE, "8")), BlockPresence.have(leaves(TREE, "7"), FIVE),
                BlockPresence.dontHave(leaves(TREE, "7")), BlockPresence.have(leaves(TREE, "8"), FREE));
    }

    @Test
    void treesAndSingleBlocksHaveRunsOfTheirOwn() {
        List<BlockPresence> runs = told(List.of(have(TREE, 1, FREE), have(OTHER_TREE, 2, FREE),
                BlockPresence.have(new BlockSet.Single(BLOCK), FIVE), have(OTHER_TREE, 3, FREE)));

        assertThat(runs).containsExactlyInAnyOrder(BlockPresence.have(leaves(TREE, "1"), FREE),
                BlockPresence.have(leaves(OTHER_TREE, "2-3"), FREE),
                BlockPresence.have(new BlockSet.Single(BLOCK), FIVE));
    }

    @Test
    void aPriceForEachBlockCostsRunsButNoPresence() {
        List<BlockPresence> told = new ArrayList<>();
        for (int index = 0; index < 100; index++) {
            told.add(have(TREE, index, Price.of(index % 11)));
        }
        List<BlockPresence> runs = told(told);

        assertThat(runs.stream().mapToLong(run -> run.blocks().count()).sum()).isEqualTo(100);
        assertThat(runs).allSatisfy(run -> assertThat(((BlockSet.Leaves) run.blocks()).ranges().stream())
                .allSatisfy(index -> assertThat(run.price()).isEqualTo(Price.of(index % 11))));
    }

    @Test
    void theHighestIndexIsALeafLikeAnyOther() {
        List<BlockPresence> runs = told(
                List.of(have(TREE, Long.MAX_VALUE - 1, FREE), have(TREE, Long.MAX_VALUE, FREE), have(TREE, 0, FREE)));

        assertThat(runs).containsExactly(
                BlockPresence.have(
                        new BlockSet.Leaves(TREE, BlockRanges.of(Long.MAX_VALUE - 1, Long.MAX_VALUE)), FREE),
                BlockPresence.have(leaves(TREE, "0"), FREE));
    }

    @Test
    void aBlockOnItsOwnIsNoLeafEvenWithAnIndex() {
        String leaf = "22300a2c08011226" + hex(TREE) + "1800" + "1000";
        String block5 = "22300a2c08002226" + hex(BLOCK) + "1805" + "1000";
        String block6 = "22300a2c08002226" + hex(BLOCK) + "1806" + "1000";

        ExchangeMessage decoded = CodexStream.decodeOne(HexFormat.of().parseHex(leaf + block5 + block6));

        BlockPresence single = BlockPresence.have(new BlockSet.Single(BLOCK), FREE);
        assertThat(decoded.presences()).containsExactlyInAnyOrder(BlockPresence.have(leaves(TREE, "0"), FREE), single,
                single);
    }

    private static String hex(Cid cid) {
        return HexFormat.of().formatHex(cid.toBytes());
    }

    private static List<BlockPresence> told(List<BlockPresence> presences) {
        return CodexStream.decodeOne(CodexStream.encode(ExchangeMessage.ofPresences(presences))).presences();
    }

    private static BlockPresence have(Cid tree, long index, Price price) {
        return BlockPresence.have(BlockSet.of(new BlockAddress.Leaf(tree, index)), price);
    }

    private static BlockPresence dontHave(Cid tree, long index) {
        return BlockPresence.dontHave(BlockSet.of(new BlockAddress.Leaf(tree, index)));
    }

    private static BlockSet leaves(Cid tree, String ranges) {
        return new BlockSet.Leaves(tree, BlockRanges.parse(ranges));
    }
}
