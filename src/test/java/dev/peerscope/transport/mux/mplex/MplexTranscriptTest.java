package dev.peerscope.transport.mux.mplex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.MuxedStream;
import dev.peerscope.transport.mux.MuxerEnd;
import dev.peerscope.transport.mux.MuxerLimits;
import dev.peerscope.vectors.GoldenVectors;

/** What a real Codex node and js-libp2p said to each other over mplex, read by us in the place of either. */
class MplexTranscriptTest {

    private static final List<String> TRANSCRIPTS = List.of("1-nim-serves-js-dials", "2-nim-dials-js-serves",
            "2b-js-dials-nim-fetcher", "2c-nim-fetches-one-block-by-cid", "2d-nim-fetches-js-answers-same-stream",
            "3-nim-price5-serves-js-dials", "3b-nim-price5-pays-js", "4-unanswered-want-have", "5-cancel-holder-a",
            "5-cancel-holder-b", "5b-cancel-block-arrived-locally", "6-dont-have", "7-long-message");

    static Stream<Arguments> sidesAndCuts() {
        return TRANSCRIPTS.stream().flatMap(name -> Stream.of("nim", "js")
                .flatMap(speaker -> Stream.of(1, 11, Integer.MAX_VALUE).map(cut -> Arguments.of(name, speaker, cut))));
    }

    @ParameterizedTest
    @MethodSource("sidesAndCuts")
    void everyStreamHasWhatWasSentOnIt(String name, String speaker, int cut) {
        var transcript = GoldenVectors.json("transcripts/" + name + ".json");
        var listener = new MuxerEnd();
        listener.use(new MplexMuxerFactory().create(Direction.INBOUND, MuxerLimits.DEFAULT, listener, listener));
        var ours = openAsManyAsTheListenerDid(listener);

        feed(listener, mplexBytes(transcript, speaker), cut);

        var streams = new ArrayList<>(ours);
        streams.addAll(listener.opened);
        assertThat(listener.violations).isEmpty();
        expected(transcript, speaker).forEach((key, expected) -> {
            var stream = streams.stream().filter(one -> key.equals(key(one, speaker))).findFirst().orElseThrow();
            assertThat(listener.received(stream)).hasSize(expected.length);
            assertThat(listener.events(stream)).isEqualTo(expected.closed ? List.of("remoteClosed") : List.of());
            assertThat(listener.received(stream)).startsWith("\u0013/multistream/1.0.0\n".getBytes(UTF_8));
        });
        listener.closeAndCheckBuffers();
    }

    /** What the transcript's own analysis says was sent on one stream. */
    private static final class Sent {
        private int length;
        private boolean closed;
    }

    private static Map<String, Sent> expected(JsonNode transcript, String speaker) {
        var streams = new LinkedHashMap<String, Sent>();
        for (var frame : transcript.get("decoded").get("frames")) {
            if (frame.get("from").asString().equals(speaker)) {
                var sent = streams.computeIfAbsent(frame.get("stream").asString(), key -> new Sent());
                var flag = frame.get("flagName").asString();
                sent.length += flag.startsWith("Message") ? frame.get("length").asInt() : 0;
                sent.closed |= flag.startsWith("Close");
            }
        }
        return streams;
    }

    /** At least as many: numbers are given in order and start at 0, those of a Codex node at 1. */
    private static List<MuxedStream> openAsManyAsTheListenerDid(MuxerEnd listener) {
        return Stream.generate(listener::open).limit(5).toList();
    }

    private static String key(MuxedStream stream, String speaker) {
        var listener = speaker.equals("js") ? "nim" : "js";
        return switch (stream.direction()) {
            case INBOUND -> speaker + ":" + stream.id();
            case OUTBOUND -> listener + ":" + stream.id();
        };
    }

    private static byte[] mplexBytes(JsonNode transcript, String speaker) {
        var bytes = new ByteArrayOutputStream();
        for (var chunk : transcript.get("chunks")) {
            if (chunk.get("layer").asString().equals("noise") && chunk.get("from").asString().equals(speaker)) {
                bytes.writeBytes(GoldenVectors.hex(chunk.get("hex")));
            }
        }
        // The agreement on the muxer comes first: two lines from each side.
        var lines = "\u0013/multistream/1.0.0\n\r/mplex/6.7.0\n".getBytes(UTF_8);
        assertThat(bytes.toByteArray()).startsWith(lines);
        return Arrays.copyOfRange(bytes.toByteArray(), lines.length, bytes.size());
    }

    private static void feed(MuxerEnd listener, byte[] bytes, int cut) {
        for (int start = 0; start < bytes.length; start += Math.min(cut, bytes.length)) {
            listener.muxer().received(Unpooled.copiedBuffer(bytes, start, Math.min(cut, bytes.length - start)));
        }
    }
}
