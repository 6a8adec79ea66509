package dev.peerscope.wire.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import dev.peerscope.block.Block;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.wire.ProtobufWriter;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;

/**
 * Every number of a message, where it is larger than it may be: {@code numbers.txt} lists field, value, what it costs here, and what
 * it does to a real node. What kills a real node is a violation.
 */
class NumbersOutOfRangeTest {

    private static final byte[] TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1})).toBytes();
    private static final Block BLOCK = Block.of(CodexCodec.BLOCK, new byte[]{2});
    private static final byte[] CID = BLOCK.cid().toBytes();
    private static final byte[] DIGEST = new byte[32];
    private static final long SHA2_512 = 0x13;

    record Row(String field, String value, String outcome, String real) {

        long number() {
            var parts = value.split("\\^|(?=-)");
            var power = parts.length == 1 ? new BigInteger(parts[0])
                    : new BigInteger(parts[0]).pow(Integer.parseInt(parts[1]));
            return power.add(new BigInteger(parts.length == 3 ? parts[2] : "0")).longValue();
        }

        @Override
        public String toString() {
            return field + " " + value + ": " + outcome;
        }
    }

    static Stream<Row> rows() {
        try (InputStream table = NumbersOutOfRangeTest.class.getResourceAsStream("numbers.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).map(line -> line.split("\\|"))
                    .map(columns -> Arrays.stream(columns).map(String::strip).toArray(String[]::new))
                    .map(columns -> new Row(columns[0], columns[1], columns[2], columns[3])).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachNumberCostsWhatIsListed(Row row) {
        byte[] stream = stream(row.field(), row.number());
        String[] outcome = row.outcome().split(" ");
        switch (outcome[0]) {
            case "violation" -> assertThatExceptionOfType(ProtocolViolation.class)
                    .isThrownBy(() -> CodexStream.decode(stream)).extracting(ProtocolViolation::rule)
                    .isEqualTo(Rule.valueOf(outcome[1]));
            case "rejected" -> assertThat(CodexStream.decode(stream)).singleElement()
                    .extracting(ExchangeMessage::rejected).asInstanceOf(LIST)
                    .singleElement().extracting(record -> ((RejectedRecord) record).reason())
                    .isEqualTo(Reason.valueOf(outcome[1]));
            default -> assertThat(CodexStream.decode(stream)).singleElement().extracting(ExchangeMessage::rejected)
                    .asInstanceOf(LIST).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatKillsARealNodeIsAViolation(Row row) {
        assertThat(row.outcome().startsWith("violation") || !row.real().startsWith("dies")).isTrue();
    }

    private static byte[] stream(String field, long value) {
        return switch (field) {
            case "length of the message" -> varint(value);
            case "want priority" -> framed(want(leaf(7), number(2, value)));
            case "want type" -> framed(want(leaf(7), number(4, value)));
            case "want cancel" -> framed(want(leaf(7), number(3, value)));
            case "want sendDontHave" -> framed(want(leaf(7), number(5, value)));
            case "want-list full" -> framed(message(1, number(2, value)));
            case "want leaf" -> framed(want(join(number(1, value), message(2, TREE), number(3, 7))));
            case "want index" -> framed(want(leaf(value)));
            case "want index, no leaf" -> framed(want(join(number(1, 0), number(3, value), message(4, CID))));
            case "presence index" -> framed(presence(leaf(value)));
            case "presence index, second" -> framed(presence(leaf(7)), presence(leaf(value)));
            case "presence type" -> framed(presence(leaf(7), number(2, value)));
            case "delivery index" -> framed(delivery(leaf(value)));
            case "proof mcodec" -> framed(delivery(leaf(7), proof(value, 7, 100)));
            case "proof index" -> framed(delivery(leaf(7), proof(Multihash.SHA2_256, value, 100)));
            case "proof nleaves" -> framed(delivery(leaf(7), proof(Multihash.SHA2_256, 7, value)));
            case "proof index, sha2-512" -> framed(delivery(leaf(7), proof(SHA2_512, value, 100)));
            case "proof index, bad node" -> framed(delivery(leaf(7), message(4,
                    join(message(4, message(1, new byte[31])), number(1, Multihash.SHA2_256), number(2, value)))));
            case "proof index, no tree" -> framed(delivery(join(number(1, 1), number(3, 7)),
                    proof(Multihash.SHA2_256, value, 100)));
            case "proof index, no leaf" -> framed(delivery(join(number(1, 0), message(4, CID)),
                    proof(Multihash.SHA2_256, value, 100)));
            case "pendingBytes" -> framed(number(5, value));
            case "unknown field" -> framed(number(15, value));
            case "unknown field's number" -> framed(varint(value << 3), varint(1));
            case "length of want-list" -> framed(varint(1 << 3 | 2), varint(value));
            case "length of an entry" -> framed(message(1, join(varint(1 << 3 | 2), varint(value))));
            case "length of data" -> framed(message(3, join(message(1, CID), varint(2 << 3 | 2), varint(value))));
            case "length of a price" ->
                framed(message(4, join(message(1, leaf(7)), varint(3 << 3 | 2), varint(value))));
            case "length of a proof node" -> framed(delivery(leaf(7),
                    message(4, join(number(1, Multihash.SHA2_256), varint(4 << 3 | 2), varint(value)))));
            case "CID version" -> framed(want(message(4, join(varint(value), Arrays.copyOfRange(CID, 1, CID.length)))));
            case "CID codec" -> framed(want(message(4, join(varint(1), varint(value), multihash(0x12, 32)))));
            case "CID hash function" -> framed(want(message(4, join(varint(1), varint(0xcd02), multihash(value, 32)))));
            case "CID digest length" ->
                framed(want(message(4, join(varint(1), varint(0xcd02), multihash(0x12, value)))));
            default -> throw new IllegalArgumentException("numbers.txt names a field that nothing builds: " + field);
        };
    }

    private static byte[] want(byte[] address, byte[]... fields) {
        return message(1, message(1, join(message(1, address), join(fields))));
    }

    private static byte[] presence(byte[] address, byte[]... fields) {
        return message(4, join(message(1, address), join(fields)));
    }

    private static byte[] delivery(byte[] address, byte[]... proof) {
        return message(3, join(message(1, CID), message(2, BLOCK.data()), message(3, address), join(proof)));
    }

    private static byte[] leaf(long index) {
        return join(number(1, 1), message(2, TREE), number(3, index));
    }

    /** Of seven steps, as a tree of 100 leaves has. */
    private static byte[] proof(long hash, long index, long leaves) {
        byte[] node = message(4, message(1, DIGEST));
        return message(4, join(number(1, hash), number(2, index), number(3, leaves), node, node, node, node, node, node,
                node));
    }

    private static byte[] multihash(long function, long length) {
        return join(varint(function), varint(length), DIGEST);
    }

    private static byte[] number(int field, long value) {
        return join(varint((long) field << 3), varint(value));
    }

    private static byte[] message(int field, byte[] bytes) {
        return join(varint((long) field << 3 | 2), varint(bytes.length), bytes);
    }

    private static byte[] framed(byte[]... parts) {
        byte[] message = join(parts);
        return join(varint(message.length), message);
    }

    private static byte[] varint(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(ProtobufWriter.varintLength(value));
        new ProtobufWriter(bytes).varint(value);
        return bytes.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
