package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.Patience;

/** A user of the running service, who knows nothing but its HTTP API. */
final class Inspector {

    static final Duration PATIENCE = Patience.LONG;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String origin;
    private final String api;

    Inspector(int port) {
        this.origin = "http://127.0.0.1:" + port;
        this.api = origin + "/api/v1";
    }

    /** An answer with its whole body. */
    record Answer(int status, JsonNode body) {}

    /** Where the node can be dialled, with its peer id at the end. */
    String address() {
        JsonNode node = get("/node");
        return node.get("addresses").get(0).asString() + "/p2p/" + node.get("peerId").asString();
    }

    // Commands

    Answer dial(String address) {
        return send("POST", "/peers", Map.of("address", address));
    }

    /** Returns the id of the watch. */
    String watch(Map<String, ?> content) {
        return created("/watches", content).get("id").asString();
    }

    void unwatch(String id) {
        assertThat(send("DELETE", "/watches/" + id, null).status()).isEqualTo(204);
    }

    /** Returns when the download is done. */
    JsonNode download(Map<String, ?> content) {
        String id = created("/downloads", content).get("id").asString();
        return eventually("/downloads/" + id, download -> assertThat(download.get("state").asString())
                .as(download.toString()).isEqualTo("done"));
    }

    JsonNode created(String path, Map<String, ?> content) {
        Answer answer = send("POST", path, content);
        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(201);
        return answer.body();
    }

    // Questions

    JsonNode get(String path) {
        Answer answer = send("GET", path, null);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Looks again and again until what is there passes; returns it. */
    JsonNode eventually(String path, ThrowingCheck check) {
        JsonNode[] last = new JsonNode[1];
        await().alias(path).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            last[0] = get(path);
            check.check(last[0]);
        });
        return last[0];
    }

    /** The one dataset in the have-set of a peer comes to be these leaves. */
    JsonNode eventuallyHas(String peer, String ranges) {
        return eventually("/peers/" + peer + "/have-set",
                haveSet -> assertThat(haveSet.at("/datasets/0/ranges").asString("")).as(haveSet.toString())
                        .isEqualTo(ranges));
    }

    JsonNode eventuallyInState(String peer, String state) {
        return eventually("/peers/" + peer, shown -> assertThat(shown.get("state").asString()).isEqualTo(state));
    }

    /** A change of this kind of exactly these leaves comes to be listed for a peer; returns the latest such. */
    JsonNode eventuallyChanged(String peer, String change, String reason, String ranges) {
        String path = "/peers/" + peer + "/presence-changes?change=" + change + "&reason=" + reason;
        JsonNode page = eventually(path,
                changes -> assertThat(changes.get("items").valueStream().map(Inspector::ranges))
                        .as(() -> "changes so far: " + get("/peers/" + peer + "/presence-changes")).contains(ranges));
        return page.get("items").valueStream().filter(item -> ranges(item).equals(ranges)).findFirst().orElseThrow();
    }

    private static String ranges(JsonNode change) {
        return change.at("/blocks/ranges").asString("");
    }

    /** What Prometheus reads of one series, named with its labels. */
    double metric(String series) {
        var request = HttpRequest.newBuilder(URI.create(origin + "/actuator/prometheus")).timeout(PATIENCE).build();
        return answer(request).body().lines().filter(line -> line.startsWith(series + " ")).findFirst()
                .map(line -> Double.parseDouble(line.substring(series.length() + 1))).orElseThrow();
    }

    List<JsonNode> wantList(String peer) {
        return get("/peers/" + peer + "/want-list").get("items").valueStream().toList();
    }

    Answer send(String method, String path, Map<String, ?> content) {
        var body = content == null ? BodyPublishers.noBody()
                : BodyPublishers.ofString(JSON.writeValueAsString(content));
        var request = HttpRequest.newBuilder(URI.create(api + path)).timeout(PATIENCE)
                .header("Content-Type", "application/json").method(method, body).build();
        var response = answer(request);
        return new Answer(response.statusCode(), JSON.readTree(response.body().isEmpty() ? "{}" : response.body()));
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at " + request, e);
        }
    }

    /** An assertion about what the API shows. */
    @FunctionalInterface
    interface ThrowingCheck {

        void check(JsonNode shown);
    }
}
