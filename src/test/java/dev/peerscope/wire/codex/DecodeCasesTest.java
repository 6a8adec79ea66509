package dev.peerscope.wire.codex;

import static dev.peerscope.wire.codex.ExpectedMessages.ungrouped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord.Part;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.vectors.GoldenVectors;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;

/**
 * Hostile and odd input, with the real decoder's answers beside ours: {@code decode-outcomes.txt} lists what ours makes of
 * each case, and the reason of each difference.
 */
class DecodeCasesTest {

    private static final Pattern REJECTED = Pattern.compile("rejected (\\w+) (\\w+), (\\d+) left");
    private static final Pattern VIOLATION = Pattern.compile("violation (\\w+)");

    private static final Map<String, String> OUTCOMES = readOutcomes();

    record DecodeCase(String name, byte[] bytes, JsonNode real, String outcome) {

        boolean wasReadByTheRealDecoder() {
            return real.get("result").asString().equals("ok");
        }

        @Override
        public String toString() {
            return name + ": " + outcome;
        }
    }

    static Stream<DecodeCase> cases() {
        return GoldenVectors.json("decode.json").get("cases").valueStream().map(entry -> {
            String name = entry.get("name").asString();
            return new DecodeCase(name, GoldenVectors.hex(entry.get("hex")), entry,
                    OUTCOMES.getOrDefault(name, "not listed"));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachCaseHasTheListedOutcome(DecodeCase given) {
        Matcher rejected = REJECTED.matcher(given.outcome());
        Matcher violation = VIOLATION.matcher(given.outcome());
        if (rejected.matches()) {
            assertRejected(given.bytes(), Part.valueOf(rejected.group(1)), Reason.valueOf(rejected.group(2)),
                    Integer.parseInt(rejected.group(3)));
        } else if (violation.matches()) {
            assertThatExceptionOfType(ProtocolViolation.class)
                    .isThrownBy(() -> CodexStream.decodeOne(given.bytes()))
                    .extracting(ProtocolViolation::rule).isEqualTo(Rule.valueOf(violation.group(1)));
        } else if (given.outcome().equals("unverified")) {
            BlockDelivery delivery = CodexStream.decodeOne(given.bytes()).deliveries().getFirst();
            assertThat(delivery.block().matches()).isFalse();
        } else {
            assertThat(given.outcome()).isEqualTo("same");
            assertThat(given.wasReadByTheRealDecoder()).isTrue();
            assertThat(ungrouped(CodexStream.decodeOne(given.bytes())))
                    .isEqualTo(ExpectedMessages.read(given.real().get("decoded")));
        }
    }

    private static void assertRejected(byte[] bytes, Part part, Reason reason, int left) {
        ExchangeMessage decoded = CodexStream.decodeOne(bytes);

        assertThat(decoded.rejected()).singleElement().satisfies(record -> {
            assertThat(record.part()).isEqualTo(part);
            assertThat(record.reason()).isEqualTo(reason);
        });
        int records = decoded.wantList().entries().size() + decoded.presences().size() + decoded.deliveries().size();
        assertThat(records).isEqualTo(left);
    }

    @Test
    void everyCaseIsListedOnceAndNothingElse() {
        assertThat(cases().map(DecodeCase::name)).hasSize(63).containsExactlyInAnyOrderElementsOf(OUTCOMES.keySet());
    }

    private static Map<String, String> readOutcomes() {
        try (InputStream table = DecodeCasesTest.class.getResourceAsStream("decode-outcomes.txt")) {
            Map<String, String> outcomes = new LinkedHashMap<>();
            new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .forEach(columns -> outcomes.put(columns[0].strip(), columns[1].strip()));
            return outcomes;
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
