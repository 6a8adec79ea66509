package dev.peerscope.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the real implementation wrote, and how its decoder answered. */
public final class GoldenVectors {

    private static final String FOLDER = "/vectors/";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<GoldenVector> ALL = readIndex();

    private GoldenVectors() {}

    /**
     * The vectors of one kind: {@code message}, {@code cid}, {@code manifest}, {@code merkletree} or
     * {@code merkleproof}.
     */
    public static List<GoldenVector> ofKind(String kind) {
        List<GoldenVector> vectors = ALL.stream().filter(vector -> vector.kind().equals(kind)).toList();
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("there are no golden vectors of kind " + kind);
        }
        return vectors;
    }

    /** The vector of this name, such as {@code manifest_plain}. */
    public static GoldenVector named(String name) {
        return ALL.stream().filter(vector -> vector.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no golden vector " + name));
    }

    /** A JSON file of the folder: {@code index.json}, {@code decode.json}, {@code transcripts/….json}. */
    public static JsonNode json(String file) {
        return JSON.readTree(bytes(file));
    }

    /** The bytes of any file of the folder. */
    public static byte[] bytes(String file) {
        try (InputStream stream = GoldenVectors.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no golden vector file " + file);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes that a JSON string of hexadecimal digits stands for. */
    public static byte[] hex(JsonNode digits) {
        return HexFormat.of().parseHex(digits.asString());
    }

    private static List<GoldenVector> readIndex() {
        Stream<JsonNode> entries = json("index.json").get("vectors").valueStream();
        return entries.map(entry -> new GoldenVector(entry.get("name").asString(), entry.get("kind").asString(),
                bytes(entry.get("file").asString()), entry.get("value"))).toList();
    }
}
