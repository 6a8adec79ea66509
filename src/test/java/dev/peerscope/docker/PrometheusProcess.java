package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.Patience;

/** A real Prometheus on loopback with the configuration that we hand out, pointed at other targets. */
final class PrometheusProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on.* address=(\\S+)");
    private static final Duration PATIENCE = Patience.LONG;

    private final Process process;
    private final URI root;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private PrometheusProcess(Process process, URI root, Path log) {
        this.process = process;
        this.root = root;
        this.log = log;
    }

    /**
     * Starts in a folder of its own. It scrapes and evaluates each second, so that nobody waits for the pace of operation.
     *
     * @param targets host and port of each
     */
    static PrometheusProcess start(Path folder, String... targets) throws IOException {
        var configuration = Files.readString(PrometheusRules.CONFIGURATION);
        assertThat(configuration).contains("peerscope:8090", "_interval: 5s");
        Files.writeString(folder.resolve("prometheus.yml"), configuration
                .replace("peerscope:8090", String.join("\n          - ", targets))
                .replace("_interval: 5s", "_interval: 1s")
                .replace("rules/*.yml", PrometheusRules.FOLDER.toAbsolutePath() + "/rules/*.yml"));
        var log = folder.resolve("prometheus.log");
        var process = new ProcessBuilder("prometheus", "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            return new PrometheusProcess(process, listening(process, log), log);
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Where it says that it listens: it takes any port, which nobody can take from it. */
    private static URI listening(Process process, Path log) {
        return await().ignoreExceptionsInstanceOf(NoSuchElementException.class).until(() -> {
            assertThat(process.isAlive()).as(() -> "prometheus runs; its log:\n" + text(log)).isTrue();
            return URI.create("http://" + LISTENING.matcher(text(log)).results().findFirst().orElseThrow().group(1));
        }, _ -> true);
    }

    /** The {@code data} of the answer to a question about the present state, such as {@code targets} or {@code rules}. */
    JsonNode get(String question) throws IOException, InterruptedException {
        assertThat(process.isAlive()).as(() -> "prometheus runs; its log:\n" + log()).isTrue();
        var request = HttpRequest.newBuilder(root.resolve("/api/v1/" + question)).timeout(PATIENCE).build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", question, answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("data");
    }

    /** What an expression is now: one element for each series. */
    List<JsonNode> query(String expression) throws IOException, InterruptedException {
        var parameter = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return get("query?query=" + parameter).path("result").values().stream().toList();
    }

    String log() {
        return text(log);
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
