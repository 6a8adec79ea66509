package dev.peerscope.wire.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
import dev.peerscope.message.Payment;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.RejectedRecord.Part;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.vectors.GoldenVectors;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;
import dev.peerscope.wire.WireLimits;

/** Each bound of {@link WireLimits}: as much as it allows is read, one more is refused by name. */
class CodexLimitsTest {

    /** Room for ten of everything that is counted, and for a thousand bytes of everything else. */
    private static final WireLimits TEN = new WireLimits(100_000, 10, 10, 10, 38, 1000, 200, 1000, 10);

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));

    @Test
    void anAnnouncedLengthOverTheLimitFailsBeforeAnythingIsKept() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        ByteBuf in = allocator.heapBuffer(8).writeBytes(HexFormat.of().parseHex("a18d06"));
        long before = allocator.metric().usedHeapMemory();
        try (MessageDecoder decoder = new CodexDialect().decoder(TEN)) {
            assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> decoder.decode(in, _ -> {}))
                    .withMessageContaining("100001").extracting(ProtocolViolation::rule)
                    .isEqualTo(Rule.MESSAGE_TOO_LONG);
        }
        assertThat(allocator.metric().usedHeapMemory()).isEqualTo(before);
        in.release();
    }

    @Test
    void anAnnouncedLengthWithinTheLimitTakesMemoryOnlyAsBytesArrive() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        ByteBuf in = allocator.heapBuffer(8, 8).writeBytes(HexFormat.of().parseHex("80808008"));
        in.writeByte(0x0a);
        try (MessageDecoder decoder = new CodexDialect().decoder(WireLimits.DEFAULT)) {
            decoder.decode(in, _ -> {});

            assertThat(decoder.isInsideMessage()).isTrue();
            assertThat(allocator.metric().usedHeapMemory()).isLessThan(32_768);
        }
        in.release();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void aLengthThatIsNoShortestVarintOf64BitsIsMalformed() {
        for (String length : List.of("8000", "ffffffffffffffffff02", "80808080808080808080")) {
            assertThatExceptionOfType(ProtocolViolation.class)
                    .isThrownBy(() -> CodexStream.decode(TEN, HexFormat.of().parseHex(length)))
                    .extracting(ProtocolViolation::rule).isEqualTo(Rule.MALFORMED_LENGTH);
        }
    }

    @Test
    void theLargestLengthOf64BitsIsTooLong() {
        byte[] length = HexFormat.of().parseHex("ffffffffffffffffff01");

        assertRefused(Rule.MESSAGE_TOO_LONG, () -> CodexStream.decode(TEN, length));
    }

    @Test
    void wantListEntriesAreCounted() {
        assertRead(wants(10));
        assertRefused(Rule.TOO_MANY_WANT_LIST_ENTRIES, wants(11));
    }

    @Test
    void presencesAreCountedRecordByRecord() {
        assertRead(presences(10));
        assertRefused(Rule.TOO_MANY_PRESENCES, presences(11));
    }

    @Test
    void deliveriesAreCounted() {
        assertRead(deliveries(10, 5));
        assertRefused(Rule.TOO_MANY_DELIVERIES, deliveries(11, 5));
    }

    @Test
    void aBlockIsMeasured() {
        assertRead(deliveries(1, 1000));
        assertRefused(Rule.BLOCK_TOO_LONG, deliveries(1, 1001));
    }

    @Test
    void aProofIsMeasured() {
        byte[] threeSteps = GoldenVectors.named("delivery_leaf_tree5_idx3").bytes();
        int proofLength = 114;

        assertThatCode(() -> CodexStream.decodeOne(threeSteps, withProofs(proofLength))).doesNotThrowAnyException();
        assertRefused(Rule.PROOF_TOO_LONG, () -> CodexStream.decodeOne(threeSteps, withProofs(proofLength - 1)));
    }

    @Test
    void aPaymentIsMeasured() {
        assertRead(payment(1000));
        assertRefused(Rule.PAYMENT_TOO_LONG, payment(1001));
    }

    @Test
    void aCidOverTheLimitCostsItsRecordOnly() {
        Cid long70 = Cid.v1(CodexCodec.BLOCK, Multihash.of(0x13, new byte[64]));
        BlockAddress address = new BlockAddress.Standalone(long70);
        WantList wantList = new WantList(List.of(WantListEntry.wantHave(address)), false);

        ExchangeMessage decoded = CodexStream.decodeOne(CodexStream.encode(ExchangeMessage.of(wantList)), TEN);

        assertThat(decoded.wantList().entries()).isEmpty();
        assertThat(decoded.rejected()).containsExactly(new RejectedRecord(Part.WANT_LIST_ENTRY, Reason.CID_INVALID));
    }

    @Test
    void unknownFieldsAreCountedThroughAllNestedMessages() {
        // Field 15 in the message, in an entry of its want-list, and known field 5 with the wrong wire type.
        byte[] three = HexFormat.of().parseHex("7807" + "0a040a027807" + "2a00");
        byte[] four = HexFormat.of().parseHex("7807" + "0a060a0478077807" + "2a00");

        assertThatCode(() -> CodexStream.decodeOne(three, withUnknownFields(3))).doesNotThrowAnyException();
        assertRefused(Rule.TOO_MANY_UNKNOWN_FIELDS, () -> CodexStream.decodeOne(four, withUnknownFields(3)));
    }

    @Test
    void unknownFieldsAreCountedInRecordsThatRepeatEachOtherToo() {
        byte[] leaves = new byte[0];
        for (int index = 0; index < 4; index++) {
            leaves = join(leaves, presence("%02x".formatted(index), "7807"));
        }
        byte[] message = leaves;

        assertThat(CodexStream.decodeOne(message, withUnknownFields(4)).presences()).hasSize(1);
        assertRefused(Rule.TOO_MANY_UNKNOWN_FIELDS, () -> CodexStream.decodeOne(message, withUnknownFields(3)));
    }

    @Test
    void aRecordThatRepeatsAnotherIsReadAsStrictly() {
        byte[] shortest = join(presence("01", ""), presence("8101", ""));
        byte[] overlong = join(presence("01", ""), presence("8200", ""));

        assertThat(CodexStream.decodeOne(shortest).presences())
                .containsExactly(BlockPresence.have(new BlockSet.Leaves(TREE, BlockRanges.parse("1,129")), Price.ZERO));
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> CodexStream.decodeOne(overlong))
                .extracting(ProtocolViolation::rule).isEqualTo(Rule.MALFORMED);
    }

    /** A presence field of a leaf with this index, as hexadecimal varint, and with more fields at the end. */
    private static byte[] presence(String index, String more) {
        HexFormat hex = HexFormat.of();
        String address = "08011226" + hex.formatHex(TREE.toBytes()) + "18" + index;
        String record = "0a%02x".formatted(address.length() / 2) + address + "1000" + more;
        return hex.parseHex("22%02x".formatted(record.length() / 2) + record);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    @Test
    void theDefaultMessageHasRoomForTwentyOfTheLargestBlocks() {
        int largest = WireLimits.DEFAULT.blockLengthMax();

        ExchangeMessage decoded = CodexStream.decodeOne(CodexStream.encode(deliveries(20, largest)));

        assertThat(decoded.deliveries()).hasSize(20);
    }

    private static void assertRead(ExchangeMessage message) {
        assertThat(CodexStream.decodeOne(CodexStream.encode(message), TEN)).isEqualTo(message);
    }

    private static void assertRefused(Rule rule, ExchangeMessage message) {
        assertRefused(rule, () -> CodexStream.decodeOne(CodexStream.encode(message), TEN));
    }

    private static void assertRefused(Rule rule, ThrowingCallable decoding) {
        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(decoding).satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo(rule);
            assertThat(violation.rule().isLimit()).isTrue();
        });
    }

    private static ExchangeMessage wants(int count) {
        return ExchangeMessage.of(new WantList(IntStream.range(0, count)
                .mapToObj(index -> WantListEntry.wantBlock(new BlockAddress.Leaf(TREE, index))).toList(), false));
    }

    private static ExchangeMessage presences(int count) {
        BlockSet leaves = new BlockSet.Leaves(TREE, BlockRanges.of(0, count - 1));
        return ExchangeMessage.ofPresences(List.of(BlockPresence.have(leaves, Price.ZERO)));
    }

    private static ExchangeMessage deliveries(int count, int length) {
        Block block = Block.of(CodexCodec.BLOCK, new byte[length]);
        BlockDelivery delivery = new BlockDelivery(block.address(), block, Optional.empty());
        return ExchangeMessage.ofDeliveries(Collections.nCopies(count, delivery));
    }

    private static ExchangeMessage payment(int length) {
        return new ExchangeMessage(WantList.EMPTY, List.of(), List.of(), 0, Optional.empty(),
                Optional.of(new Payment("x".repeat(length))), List.of());
    }

    private static WireLimits withProofs(int proofLengthMax) {
        return new WireLimits(100_000, 10, 10, 10, 38, 1000, proofLengthMax, 1000, 10);
    }

    private static WireLimits withUnknownFields(int unknownFieldsMax) {
        return new WireLimits(100_000, 10, 10, 10, 38, 1000, 200, 1000, unknownFieldsMax);
    }
}
