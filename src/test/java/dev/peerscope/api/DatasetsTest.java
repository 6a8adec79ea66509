package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.block.Block;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.StoredDataset;
import dev.peerscope.vectors.GoldenVectors;

/** Datasets, how peers cover them, and how a download comes along, with another node that really is there. */
@Timeout(600)
class DatasetsTest extends WithAnotherNode {

    private static final String DATASETS = "/api/v1/datasets";
    private static final String DOWNLOADS = "/api/v1/downloads";

    @Autowired
    private ExchangeNode node;

    @Test
    void aDatasetThatIsWatchedByItsManifestIsDescribedByIt() {
        var dataset = bob.has(21);
        String path = DATASETS + "/" + dataset.treeCid();
        dial();
        watch("{\"manifestCid\": \"" + dataset.manifestCid() + "\"}");

        await().atMost(PATIENCE).until(() -> http.get(path).json().path("peers").asInt(0) == 1);

        var shown = http.get(path).json();
        assertThat(shown.get("treeCid").asString()).isEqualTo(dataset.treeCid().toString());
        assertThat(shown.get("manifestCid").asString()).isEqualTo(dataset.manifestCid().toString());
        assertThat(shown.get("blockCount").asLong()).isEqualTo(21);
        assertThat(shown.get("blockSize").asLong()).isEqualTo(1024);
        assertThat(shown.get("datasetSize").asLong()).isEqualTo(21 * 1024);
        assertThat(shown.get("localBlocks").asLong()).isZero();
        await().atMost(PATIENCE).until(() -> http.get(path).json().get("availability").asDouble() == 1);
    }

    /** As a real node describes it: the tree of its manifest is whatever it says, and no block of it is there. */
    @Test
    void anEmptyDatasetIsADataset() throws Exception {
        var manifest = Block.of(CodexCodec.MANIFEST, GoldenVectors.named("manifest_zero_size").bytes());
        String tree = Manifest.of(manifest).treeCid().toString();
        bob.node().content().put(manifest);
        dial();
        String body = "{\"manifestCid\": \"" + manifest.cid() + "\"}";
        String watch = watch(body);
        await().atMost(PATIENCE).until(() -> "active".equals(http.get(watch).json().get("state").asString()));

        assertThat(http.get(watch).json().get("blockCount").asLong()).isZero();
        assertThat(http.get(watch).json().get("availability").asDouble()).isZero();
        assertThat(http.get(watch).json().get("holders").asInt()).isZero();
        var shown = http.get(DATASETS + "/" + tree).json();
        assertThat(shown.get("blockCount").asLong()).isZero();
        assertThat(shown.get("datasetSize").asLong()).isZero();
        assertThat(shown.get("availability").asDouble()).isZero();
        var availability = http.get(DATASETS + "/" + tree + "/availability").json();
        assertThat(availability.get("buckets")).isEmpty();
        assertThat(availability.get("distributedCopies").asDouble()).isZero();
        assertThat(availability.get("unavailable").asString()).isEmpty();
        assertThat(availability.get("seeders").asInt()).isZero();
        assertThat(http.get(ofBob("/have-set/datasets/" + tree)).json().get("items")).isEmpty();
        assertThat(
                http.get(ofBob("/have-set/datasets/" + tree), "Accept", "application/octet-stream").response().body())
                .isEmpty();

        String download = http.post(DOWNLOADS, body).header("Location").orElseThrow();
        try (var progress = new BufferedReader(
                new InputStreamReader(http.stream(download + "/progress"), StandardCharsets.UTF_8))) {
            var last = progress.lines().filter(line -> line.startsWith("data:")).toList().getLast();
            var done = JsonMapper.shared().readTree(last.substring("data:".length()));
            assertThat(done.get("state").asString()).isEqualTo("done");
            assertThat(done.get("blocksTotal").asLong()).isZero();
            assertThat(done.get("bytesTotal").asLong()).isZero();
        }
    }

    @Test
    void theNamesInAManifestAreShown() {
        byte[] data = "a harbour in the morning".repeat(100).getBytes(StandardCharsets.UTF_8);
        var dataset = bob.node().content().importDataset(data, 1024, Optional.of("harbour.txt"),
                Optional.of("text/plain"));
        dial();
        watch("{\"manifestCid\": \"" + dataset.manifestCid() + "\"}");

        await().atMost(PATIENCE)
                .until(() -> http.get(DATASETS + "/" + dataset.treeCid()).json().has("filename"));

        var shown = http.get(DATASETS + "/" + dataset.treeCid()).json();
        assertThat(shown.get("filename").asString()).isEqualTo("harbour.txt");
        assertThat(shown.get("mimetype").asString()).isEqualTo("text/plain");
        assertThat(shown.get("datasetSize").asLong()).isEqualTo(data.length);
    }

    @Test
    void availabilityTellsCopiesByBucketAndWhatNobodyHas() {
        String tree = bob.has(22).treeCid().toString();
        dial();
        watch("{\"treeCid\": \"" + tree + "\", \"blockCount\": 32}");
        String path = DATASETS + "/" + tree + "/availability";

        await().atMost(PATIENCE).until(() -> "22-31".equals(http.get(path).json().get("unavailable").asString()));

        var shown = http.get(path + "?buckets=3").json();
        assertThat(shown.get("blockCount").asLong()).isEqualTo(32);
        assertThat(shown.get("buckets")).hasSize(3);
        assertThat(shown.get("buckets").get(0))
                .isEqualTo(json("{\"first\":0,\"last\":9,\"min\":1,\"mean\":1.0,\"max\":1}"));
        assertThat(shown.at("/buckets/2/first").asLong()).isEqualTo(21);
        assertThat(shown.at("/buckets/2/last").asLong()).isEqualTo(31);
        assertThat(shown.at("/buckets/2/min").asInt()).isZero();
        assertThat(shown.at("/buckets/2/max").asInt()).isEqualTo(1);
        assertThat(shown.get("distributedCopies").asDouble()).isEqualTo(22.0 / 32);
        assertThat(shown.get("unavailableTruncated").asBoolean()).isFalse();
        assertThat(shown.get("seeders").asInt()).isZero();
        assertThat(http.get(path).json().get("buckets")).hasSize(32);
    }

    @Test
    void aDatasetThatOnlySomeBlocksAreWantedOfHasNoKnownSize() {
        String tree = bob.has(23).treeCid().toString();
        dial();
        watch("{\"treeCid\": \"" + tree + "\", \"ranges\": \"4-7,20-22\"}");
        String path = DATASETS + "/" + tree + "/availability";

        await().atMost(PATIENCE).until(() -> http.get(path).json().get("seeders").asInt() == 1);

        var shown = http.get(path).json();
        assertThat(shown.has("blockCount")).isFalse();
        assertThat(shown.get("buckets")).hasSize(7);
        assertThat(shown.get("unavailable").asString()).isEmpty();
        assertThat(http.get(DATASETS + "/" + tree).json().has("blockCount")).isFalse();
    }

    @Test
    void datasetsOfWhichBlocksAreHeldAreListedInPagesThatFollowEachOther() {
        List<String> held = List.of(imported(24), imported(25), imported(26));

        List<String> trees = new ArrayList<>();
        String cursor = "";
        do {
            var page = http.get(DATASETS + "?limit=2&cursor=" + cursor).json();
            trees.addAll(page.get("items").findValuesAsString("treeCid"));
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(trees).containsAll(held).doesNotHaveDuplicates();
        assertThat(http.get(DATASETS + "/" + held.get(1)).json().get("localBlocks").asLong()).isEqualTo(25);
    }

    @Test
    void progressIsToldUntilTheDownloadIsDone() throws Exception {
        var dataset = bob.has(27);
        String id = http.post(DOWNLOADS, "{\"manifestCid\": \"" + dataset.manifestCid() + "\"}").json().get("id")
                .asString();

        List<JsonNode> told = new ArrayList<>();
        try (var stream = http.stream(DOWNLOADS + "/" + id + "/progress")) {
            dial();
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> line.startsWith("data:")).forEach(line -> told.add(json(line.substring(5))));
            assertThat(text).startsWith("event:progress");
        }
        assertThat(told.getFirst().get("state").asString()).isEqualTo("running");
        assertThat(told.getLast().get("state").asString()).isEqualTo("done");
        assertThat(told.getLast().get("blocksDone").asLong()).isEqualTo(27);
        assertThat(told).doesNotHaveDuplicates();
        assertThat(told.getLast()).isEqualTo(http.get(DOWNLOADS + "/" + id).json());
    }

    @Test
    void aDownloadThatHasEndedIsToldOnce() throws Exception {
        var dataset = bob.has(28);
        String id = http.post(DOWNLOADS, "{\"manifestCid\": \"" + dataset.manifestCid() + "\"}").json().get("id")
                .asString();
        http.delete(DOWNLOADS + "/" + id);
        try (var stream = http.stream(DOWNLOADS + "/" + id + "/progress")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text.lines().filter(line -> line.startsWith("data:"))).singleElement().asString()
                    .contains("\"cancelled\"");
        }
    }

    @Test
    void whoAsksForTheHeadersOfProgressAloneIsNoReader() {
        String download = http.post(DOWNLOADS, "{\"manifestCid\": \"" + bob.has(30).manifestCid() + "\"}")
                .header("Location").orElseThrow();

        var reply = http.send("HEAD", download + "/progress", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("text/event-stream");
        assertThat(http.get("/api/v1/limits").json().get("items")).filteredOn(
                limit -> limit.get("limit").asString().equals("progress-readers")).singleElement()
                .satisfies(limit -> assertThat(limit.get("used").asLong()).isZero());
        http.delete(download);
    }

    /** The same path for a controller, as is one with nothing to decode. */
    @ParameterizedTest
    @ValueSource(strings = {"/%70rogress", "/progress;x=1"})
    void progressIsToldHoweverItsPathIsWritten(String path) throws Exception {
        var dataset = bob.has(29);
        String download = http.post(DOWNLOADS, "{\"manifestCid\": \"" + dataset.manifestCid() + "\"}")
                .header("Location").orElseThrow();
        try (var stream = http.stream(download + path);
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event:progress");
            assertThat(lines.readLine()).contains("\"running\"");

            http.delete(download);

            assertThat(lines.lines().filter(line -> line.startsWith("data:"))).singleElement().asString()
                    .contains("\"cancelled\"");
        }
    }

    private String imported(int blocks) {
        byte[] data = new byte[blocks * 1024];
        data[0] = (byte) blocks;
        StoredDataset dataset = node.content().importDataset(data, 1024, Optional.empty(), Optional.empty());
        return dataset.treeCid().toString();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
