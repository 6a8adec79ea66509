package dev.peerscope.wire.codex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.wire.codex.MplexTranscript.Sent;

/** Conversations of real Codex nodes, as they were recorded. */
class CodexTranscriptsTest {

    @ParameterizedTest
    @ValueSource(strings = {"1-nim-serves-js-dials", "2-nim-dials-js-serves", "2b-js-dials-nim-fetcher",
            "2c-nim-fetches-one-block-by-cid", "2d-nim-fetches-js-answers-same-stream",
            "3-nim-price5-serves-js-dials", "3b-nim-price5-pays-js", "4-unanswered-want-have", "5-cancel-holder-a",
            "5-cancel-holder-b", "5b-cancel-block-arrived-locally", "6-dont-have", "7-long-message"})
    void whatARealNodeSentIsReadAndWrittenAgainByteForByte(String transcript) {
        List<Sent> sent = MplexTranscript.blockExchangeOf(transcript);
        for (Sent stream : sent) {
            List<ExchangeMessage> messages = CodexStream.decode(stream.bytes());
            byte[][] encoded = messages.stream().map(CodexStream::encode).toArray(byte[][]::new);

            assertThat(messages).allSatisfy(message -> assertThat(message.rejected()).isEmpty());
            assertThat(ExpectedMessages.framed(encoded)).as("stream %s of %s", stream.stream(), stream.party())
                    .isEqualTo(stream.bytes());
        }
        assertThat(sent).extracting(Sent::party).as("who sent something").contains("nim");
    }
}
