package dev.peerscope.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations of a real Codex node, held once more with our host in the place of the other side. */
class TranscriptReplayTest {

    private static final byte[] STREAM_LINES = "\u0013/multistream/1.0.0\n\u0016/codex/blockexc/1.0.0\n"
            .getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"1-nim-serves-js-dials", "2-nim-dials-js-serves", "2b-js-dials-nim-fetcher",
            "2c-nim-fetches-one-block-by-cid", "2d-nim-fetches-js-answers-same-stream", "3-nim-price5-serves-js-dials",
            "3b-nim-price5-pays-js", "4-unanswered-want-have", "5-cancel-holder-a", "5-cancel-holder-b",
            "5b-cancel-block-arrived-locally", "6-dont-have", "7-long-message"})
    void everythingThatARealCodexNodeSaidArrives(String name) throws Exception {
        try (var alice = new TestHost(TestHost.muxers("mplex"));
                var codex = new RecordedCodexNode(name);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var conversation = threads.submit(() -> {
                if (codex.dialled()) {
                    codex.dial(alice.address);
                } else {
                    codex.accept();
                }
                return null;
            });
            var connection = connection(alice, codex);
            var opened = codex.expectsOurStream()
                    ? connection.openStream(TestHost.CODEX)
                    : CompletableFuture.<Stream>completedFuture(null);

            conversation.get();

            assertThat(opened).succeedsWithin(Duration.ofSeconds(5));
            await().untilAsserted(() -> assertThat(alice.codex.bytes()).isEqualTo(blockExchange(codex)));
            await().untilAsserted(() -> assertThat(alice.heard.identified).singleElement().satisfies(info -> {
                assertThat(info.agentVersion()).isEqualTo("Codex");
                assertThat(info.protocols()).contains(TestHost.CODEX);
                assertThat(info.signedRecord().orElseThrow().peerId()).isEqualTo(codex.identity.peerId());
            }));
            await().untilAsserted(() -> assertThat(alice.heard.disconnected).hasSize(1));
            assertThat(alice.heard.disconnected.getFirst().kind()).isEqualTo(CloseReason.Kind.REMOTE_CLOSE);
        }
    }

    private static Connection connection(TestHost alice, RecordedCodexNode codex) {
        if (codex.dialled()) {
            return await().until(() -> alice.heard.connected, list -> !list.isEmpty()).getFirst();
        }
        return alice.dial(codex.address(), Optional.of(codex.identity.peerId())).join();
    }

    /** What the node said on the stream that it opened for block exchange, after the agreement on that. */
    private static byte[] blockExchange(RecordedCodexNode codex) {
        return codex.saying.said.values().stream().map(ByteArrayOutputStream::toByteArray)
                .filter(said -> Arrays.equals(said, 0, Math.min(said.length, STREAM_LINES.length), STREAM_LINES, 0,
                        STREAM_LINES.length))
                .map(said -> Arrays.copyOfRange(said, STREAM_LINES.length, said.length)).findFirst().orElseThrow();
    }
}
