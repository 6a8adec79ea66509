package dev.peerscope.wire.codex;

import static dev.peerscope.wire.codex.ExpectedMessages.ungrouped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.RejectedRecord.Part;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.vectors.GoldenVector;
import dev.peerscope.vectors.GoldenVectors;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;

/** Every message that the real encoder wrote. */
class CodexVectorsTest {

    /** Written by the real encoder, and fatal to the real decoder: what they say cannot even be a value here. */
    private static final Map<String, Rule> FATAL = Map.of("want_priority_neg1", Rule.PRIORITY_OUT_OF_RANGE,
            "want_priority_min", Rule.PRIORITY_OUT_OF_RANGE);

    /** What its encoder can be made to write and a node never sends; each has a test below. */
    private static final Set<String> WRITTEN_OTHERWISE = Set.of(
            // An account of another length than 20 is no account.
            "account_raw_19bytes",
            // A price is written with 32 bytes, always.
            "presence_raw_empty_price", "presence_raw_price_2bytes",
            // A price of 33 bytes is none; its record is left out.
            "presence_raw_price_33bytes");

    static Stream<GoldenVector> representable() {
        return GoldenVectors.ofKind("message").stream().filter(vector -> !FATAL.containsKey(vector.name()));
    }

    static Stream<GoldenVector> canonical() {
        return representable().filter(vector -> !WRITTEN_OTHERWISE.contains(vector.name()));
    }

    @ParameterizedTest
    @MethodSource("canonical")
    void everyMessageIsReadAsTheRealNodeMeantIt(GoldenVector vector) {
        ExchangeMessage expected = ExpectedMessages.read(vector.value());

        ExchangeMessage decoded = CodexStream.decodeOne(vector.bytes());

        assertThat(ungrouped(decoded)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("canonical")
    void everyMessageIsWrittenByteForByteAsByTheRealNode(GoldenVector vector) {
        ExchangeMessage message = ExpectedMessages.read(vector.value());

        byte[] encoded = CodexStream.encode(message);

        assertThat(encoded).isEqualTo(vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("canonical")
    void everyMessageThatWasReadIsWrittenByteForByte(GoldenVector vector) {
        ExchangeMessage decoded = CodexStream.decodeOne(vector.bytes());

        byte[] encoded = CodexStream.encode(decoded);

        assertThat(encoded).isEqualTo(vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void whatIsFatalToTheRealDecoderIsAViolation(String name) {
        byte[] bytes = GoldenVectors.named(name).bytes();

        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> CodexStream.decodeOne(bytes))
                .extracting(ProtocolViolation::rule).isEqualTo(FATAL.get(name));
    }

    static Stream<String> fatal() {
        return FATAL.keySet().stream();
    }

    @Test
    void anAccountOfAnotherLengthCountsAsAbsent() {
        ExchangeMessage decoded = CodexStream.decodeOne(GoldenVectors.named("account_raw_19bytes").bytes());

        assertThat(decoded).isEqualTo(ExchangeMessage.EMPTY);
    }

    @Test
    void aShortPriceIsReadAndWrittenAgainWith32Bytes() {
        for (String name : List.of("presence_raw_empty_price", "presence_raw_price_2bytes")) {
            GoldenVector vector = GoldenVectors.named(name);
            ExchangeMessage expected = ExpectedMessages.read(vector.value());

            ExchangeMessage decoded = CodexStream.decodeOne(vector.bytes());
            ExchangeMessage again = CodexStream.decodeOne(CodexStream.encode(decoded));

            assertThat(ungrouped(decoded)).isEqualTo(expected);
            assertThat(again).isEqualTo(decoded);
            assertThat(CodexStream.encode(decoded)).hasSize(98);
        }
    }

    @Test
    void aPriceOf33BytesCostsItsRecordOnly() {
        ExchangeMessage decoded = CodexStream.decodeOne(GoldenVectors.named("presence_raw_price_33bytes").bytes());

        assertThat(decoded.presences()).isEmpty();
        assertThat(decoded.rejected())
                .containsExactly(new RejectedRecord(Part.PRESENCE, Reason.PRICE_TOO_LONG));
    }

    @Test
    void everyVectorIsEitherCanonicalOrListedWithItsReason() {
        long listed = FATAL.size() + WRITTEN_OTHERWISE.size();

        assertThat(canonical().count() + listed).isEqualTo(GoldenVectors.ofKind("message").size());
    }
}
