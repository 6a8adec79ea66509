package dev.peerscope.wire.codex;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import dev.peerscope.vectors.GoldenVectors;

/**
 * Takes the block exchange streams out of a recorded conversation: the plaintext of its Noise frames holds the choice of
 * the muxer and then mplex frames, whose streams begin with the choice of the protocol.
 */
final class MplexTranscript {

    private static final String BLOCK_EXCHANGE = "/codex/blockexc/1.0.0";
    private static final int RECEIVER_SENDS = 1;
    private static final int INITIATOR_SENDS = 2;

    private MplexTranscript() {}

    /** What one side sent on one of its own or of the other side's streams, after the protocol was agreed. */
    record Sent(String party, String stream, byte[] bytes) {}

    static List<Sent> blockExchangeOf(String file) {
        Map<String, ByteArrayOutputStream> parties = new LinkedHashMap<>();
        for (JsonNode chunk : GoldenVectors.json("transcripts/" + file + ".json").get("chunks")) {
            if (chunk.get("layer").asString().equals("noise")) {
                parties.computeIfAbsent(chunk.get("from").asString(), _ -> new ByteArrayOutputStream())
                        .writeBytes(GoldenVectors.hex(chunk.get("hex")));
            }
        }
        return parties.entrySet().stream().flatMap(party -> streams(ByteBuffer.wrap(party.getValue().toByteArray()))
                .entrySet().stream().filter(stream -> skipNegotiation(stream.getValue()))
                .map(stream -> new Sent(party.getKey(), stream.getKey(), remaining(stream.getValue())))).toList();
    }

    private static Map<String, ByteBuffer> streams(ByteBuffer connection) {
        while (!line(connection).equals("/mplex/6.7.0")) {
            // The header of multistream-select comes first.
        }
        Map<String, ByteArrayOutputStream> streams = new LinkedHashMap<>();
        while (connection.hasRemaining()) {
            int header = varint(connection);
            byte[] payload = new byte[varint(connection)];
            connection.get(payload);
            int flag = header & 7;
            if (flag == RECEIVER_SENDS || flag == INITIATOR_SENDS) {
                String stream = (flag == INITIATOR_SENDS ? "own " : "other's ") + (header >> 3);
                streams.computeIfAbsent(stream, _ -> new ByteArrayOutputStream()).writeBytes(payload);
            }
        }
        Map<String, ByteBuffer> sent = new LinkedHashMap<>();
        streams.forEach((stream, bytes) -> sent.put(stream, ByteBuffer.wrap(bytes.toByteArray())));
        return sent;
    }

    private static boolean skipNegotiation(ByteBuffer stream) {
        return line(stream).equals("/multistream/1.0.0") && stream.hasRemaining()
                && line(stream).equals(BLOCK_EXCHANGE);
    }

    private static String line(ByteBuffer from) {
        byte[] line = new byte[varint(from)];
        from.get(line);
        return new String(line, StandardCharsets.UTF_8).strip();
    }

    private static int varint(ByteBuffer from) {
        int value = 0;
        int shift = 0;
        byte next;
        do {
            next = from.get();
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    private static byte[] remaining(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return bytes;
    }
}
