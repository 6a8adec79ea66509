package dev.peerscope.wire.codex;

import static dev.peerscope.wire.codex.ExpectedMessages.framed;
import static dev.peerscope.wire.codex.ExpectedMessages.ungrouped;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import dev.peerscope.block.BlockSet;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.vectors.GoldenVector;
import dev.peerscope.vectors.GoldenVectors;
import dev.peerscope.wire.ProtocolViolation;

/** Random input; a failure names the seed that brings it back. */
class CodexRandomTest {

    /** A tree of another CID, as a field of an address. */
    private static final byte[] OTHER_TREE = HexFormat.of().parseHex("122601839a031220" + "77".repeat(32));

    private final long seed = Long.getLong("peerscope.test.seed", System.nanoTime());

    @Test
    void whatIsWrittenIsReadAgain(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        RandomMessages messages = new RandomMessages(seed);
        for (int round = 0; round < 2_000; round++) {
            ExchangeMessage message = messages.next();

            ExchangeMessage read = CodexStream.decodeOne(CodexStream.encode(message));

            String where = "seed " + seed + ", round " + round;
            assertThat(withoutPresences(read)).as(where).isEqualTo(withoutPresences(message));
            assertThat(lastTold(read.presences())).as(where).isEqualTo(lastTold(message.presences()));
            assertThat(read.presences()).as(where).hasSizeLessThanOrEqualTo(message.presences().size());
        }
    }

    @Test
    void aPresenceMeansTheSameAloneAndAmongOthers(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        Random random = new Random(seed);
        RandomMessages messages = new RandomMessages(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[][] records = Stream.generate(messages::presence).limit(random.nextInt(1, 30))
                    .map(presence -> oddlyWritten(presence, random)).toArray(byte[][]::new);
            List<ExchangeMessage> alone = CodexStream.decode(framed(records));
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            Arrays.stream(records).forEach(message::writeBytes);

            ExchangeMessage together = CodexStream.decodeOne(message.toByteArray());

            List<BlockPresence> oneByOne = alone.stream().flatMap(one -> one.presences().stream()).toList();
            assertThat(lastTold(together.presences())).as("seed %d, round %d", seed, round)
                    .isEqualTo(lastTold(oneByOne));
        }
    }

    /** A presence field as another implementation could write it, without or with more than Codex writes. */
    private static byte[] oddlyWritten(BlockPresence presence, Random random) {
        byte[] message = CodexStream.encode(ExchangeMessage.ofPresences(List.of(presence)));
        // Want-list in front; pending bytes, account and payment behind.
        byte[] record = Arrays.copyOfRange(message, 6, message.length - 10);
        byte[] price = Arrays.copyOfRange(record, record.length - 34, record.length);
        byte[] address = Arrays.copyOf(record, record.length - 36);
        byte[] type = Arrays.copyOfRange(record, record.length - 36, record.length - 34);
        byte[] unknown = HexFormat.of().parseHex("7807");
        return presenceField(switch (random.nextInt(15)) {
            case 0 -> List.of(price, type, address);
            case 1 -> List.of(address, unknown, type, price);
            case 2 -> List.of(unknown, address, type, price);
            case 3 -> List.of(address, address, type, price);
            case 4 -> List.of(address, HexFormat.of().parseHex("1001"), price, type);
            case 5 -> List.of(withMore(address, Arrays.copyOfRange(address, 2, 4)), type, price);
            case 6 -> List.of(withMore(address, OTHER_TREE), type, price);
            case 7 -> List.of(withMore(address, type, price));
            case 8 -> List.of(withMore(address, HexFormat.of().parseHex("1805")), type, price);
            default -> List.of(address, type, price);
        });
    }

    /** The address with more fields at its end, whose length is still one byte. */
    private static byte[] withMore(byte[] address, byte[]... fields) {
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.writeBytes(address);
        Arrays.stream(fields).forEach(more::writeBytes);
        byte[] longer = more.toByteArray();
        longer[1] = (byte) (longer.length - 2);
        return longer;
    }

    private static byte[] presenceField(List<byte[]> fields) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        fields.forEach(record::writeBytes);
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(0x22);
        field.writeBytes(framed(record.toByteArray()));
        return field.toByteArray();
    }

    @Test
    void noBytesThrowAnythingButAViolation(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        Random random = new Random(seed);
        List<byte[]> valid = GoldenVectors.ofKind("message").stream().map(GoldenVector::bytes)
                .filter(bytes -> bytes.length < 1_000).toList();
        int refused = 0;
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] mutated = mutated(valid.get(random.nextInt(valid.size())), random);
            try {
                ExchangeMessage message = CodexStream.decodeOne(mutated);
                assertThat(CodexStream.decodeOne(CodexStream.encode(message)).wantList())
                        .isEqualTo(message.wantList());
                read++;
            } catch (ProtocolViolation _) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + HexFormat.of().formatHex(mutated),
                        e);
            }
        }
        assertThat(read).as("messages that were read, seed %d", seed).isPositive();
        assertThat(refused).as("messages that were refused, seed %d", seed).isPositive();
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0x80);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static ExchangeMessage withoutPresences(ExchangeMessage message) {
        return new ExchangeMessage(message.wantList(), message.deliveries(), List.of(), message.pendingBytes(),
                message.account(), message.payment(), message.rejected());
    }

    /** What holds of each block once all was heard. */
    private static Map<BlockSet, BlockPresence> lastTold(List<BlockPresence> presences) {
        Map<BlockSet, BlockPresence> told = new HashMap<>();
        ungrouped(ExchangeMessage.ofPresences(presences)).presences()
                .forEach(presence -> told.put(presence.blocks(), presence));
        return told;
    }
}
