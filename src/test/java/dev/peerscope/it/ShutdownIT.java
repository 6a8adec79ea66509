package dev.peerscope.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.Patience;
import dev.peerscope.view.Examples;

/** SIGTERM ends the process, whatever is open. How quickly is shown by {@code src/test/scripts/stop-with-open-streams}. */
@Timeout(300)
class ShutdownIT {

    /** As the JVM ends for SIGTERM. */
    private static final int TERMINATED = 143;
    private static final int OF_EACH_KIND = 25;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @Test
    void everyOpenStreamSeesItsEnd() throws Exception {
        try (var service = PeerscopeProcess.start(data)) {
            String download = JsonMapper.shared().readTree(http.send(
                    HttpRequest.newBuilder(service.uri("/api/v1/downloads")).header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"manifestCid\": \"" + Examples.MANIFEST_CID + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()).body()).get("id").asString();
            var ends = new ArrayList<CompletableFuture<Long>>();
            for (int i = 0; i < OF_EACH_KIND; i++) {
                ends.add(linesUntilTheEnd(service.uri("/api/v1/presence-changes/stream")));
                ends.add(linesUntilTheEnd(service.uri("/api/v1/downloads/" + download + "/progress")));
            }
            int exitCode = service.stop();

            assertThat(exitCode).isEqualTo(TERMINATED);
            // A stream that is cut off ends with an exception.
            assertThat(ends).hasSize(2 * OF_EACH_KIND).allSatisfy(end -> assertThat(end.get()).isPositive());
            assertThat(service.log()).noneMatch(line -> line.contains("aborted") || line.contains("ERROR")
                    || line.contains("WARN") || line.contains("still running"));
        }
    }

    /** Spring would wait for the start to end before it closes anything. */
    @Test
    void aStartThatDoesNotEndIsEndedToo() throws Exception {
        var key = data.resolve("identity.key");
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", key.toString()).start().waitFor()).isZero();
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                System.getProperty("peerscope.jar"), "--server.port=0",
                "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0", "--peerscope.data-directory=" + data)
                .redirectErrorStream(true).start();
        try (var log = process.inputReader(UTF_8)) {
            // Open as soon as the service reads it, which waits for bytes that do not come.
            var endless = CompletableFuture.supplyAsync(() -> openForWriting(key))
                    .get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);

            // The process's own method would close its output as well.
            process.toHandle().destroy();

            assertThat(process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(log.lines().filter(line -> line.contains("shutdown took too long"))).hasSize(1);
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            endless.close();
        } finally {
            process.destroyForcibly();
        }
    }

    private static OutputStream openForWriting(Path file) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Completes at the end with the number of lines; returns when the stream has begun. */
    private CompletableFuture<Long> linesUntilTheEnd(URI stream) throws IOException, InterruptedException {
        Stream<String> lines = http.send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofLines())
                .body();
        var end = new CompletableFuture<Long>();
        Thread.ofVirtual().start(() -> {
            try (lines) {
                end.complete(lines.count());
            } catch (UncheckedIOException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }
}
