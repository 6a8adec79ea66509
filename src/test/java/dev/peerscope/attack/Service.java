package dev.peerscope.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.Patience;

/** The finished jar in a JVM of its own, with the plain profile, on ports that the system picks. */
final class Service implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String STARTED = "Started PeerscopeApplication";
    private static final Pattern TCP = Pattern.compile("/ip4/([0-9.]+)/tcp/(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");

    private final Process process;
    private final List<String> log = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    /** What came back, and after which time. */
    record Answer(int status, JsonNode body, Duration took) {}

    private Service(Process process) {
        this.process = process;
    }

    /**
     * Returns when it says that it has started.
     *
     * @param heap
     *            as {@code -Xmx} takes it
     */
    static Service start(Path jar, Path dataDirectory, String heap, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(JAVA_BIN.resolve("java").toString(), "-Xmx" + heap, "-jar",
                jar.toString(), "--server.port=0", "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
                "--peerscope.data-directory=" + dataDirectory));
        command.addAll(arguments);
        var started = new Service(new ProcessBuilder(command).redirectErrorStream(true).start());
        started.awaitStart();
        return started;
    }

    /** Where its peers reach it. */
    InetSocketAddress address() {
        var found = TCP.matcher(get("/node").get("addresses").get(0).asString());
        if (!found.find()) {
            throw new AssertionError("no TCP address: " + get("/node"));
        }
        return new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2)));
    }

    /** The port of the API. */
    int port() {
        return port;
    }

    JsonNode get(String path) {
        var answer = send("GET", path, null, Patience.LONG);
        if (answer.status != 200) {
            throw new AssertionError(path + " answered " + answer.status + ": " + answer.body);
        }
        return answer.body;
    }

    /** Returns what was made. */
    JsonNode create(String path, Map<String, ?> content) {
        var answer = send("POST", path, content, Patience.LONG);
        if (answer.status != 201) {
            throw new AssertionError(path + " answered " + answer.status + ": " + answer.body);
        }
        return answer.body;
    }

    /** A request whose answer may be anything; status 0 if there is none in that time. */
    Answer send(String method, String path, @Nullable Map<String, ?> content, Duration timeout) {
        var body = content == null ? BodyPublishers.noBody()
                : BodyPublishers.ofString(JSON.writeValueAsString(content));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path)).timeout(timeout)
                .header("Content-Type", "application/json").method(method, body).build();
        long begun = System.nanoTime();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            var text = response.body().isEmpty() ? "{}" : response.body();
            return new Answer(response.statusCode(), JSON.readTree(text), Duration.ofNanos(System.nanoTime() - begun));
        } catch (IOException e) {
            return new Answer(0, JSON.valueToTree(e.toString()), Duration.ofNanos(System.nanoTime() - begun));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at " + path, e);
        }
    }

    /** What Prometheus reads of a meter, all its series with these letters in their labels added up. */
    double metric(String name, String labels) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus")).build();
        try {
            return http.send(request, BodyHandlers.ofString()).body().lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> line.contains(labels))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Bytes of the objects that are reachable, counted behind a full collection; -1 when the JVM does not answer any more. */
    long liveBytes() throws IOException, InterruptedException {
        var command = new ProcessBuilder(JAVA_BIN.resolve("jcmd").toString(), Long.toString(process.pid()),
                "GC.class_histogram").redirectErrorStream(true).start();
        var histogram = new String(command.getInputStream().readAllBytes(), UTF_8);
        command.waitFor();
        var total = TOTAL.matcher(histogram);
        return total.find() ? Long.parseLong(total.group(1)) : -1;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM; returns after which time it was gone, or nothing if it never was. */
    Duration terminate() throws InterruptedException {
        long begun = System.nanoTime();
        process.destroy();
        if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end:\n" + String.join("\n", log()));
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Lines that it has logged with these words in them. */
    List<String> logged(String words) {
        return log().stream().filter(line -> line.contains(words)).toList();
    }

    List<String> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    @Override
    public void close() throws InterruptedException {
        http.shutdownNow();
        process.destroyForcibly().waitFor();
    }

    private void awaitStart() throws IOException {
        var output = process.inputReader(UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            log.add(line);
            var found = PORT.matcher(line);
            if (found.find()) {
                port = Integer.parseInt(found.group(1));
            }
            if (line.contains(STARTED)) {
                Thread.ofVirtual().name("service-log").start(() -> keepReading(output));
                return;
            }
        }
        throw new AssertionError("it did not start:\n" + String.join("\n", log));
    }

    private void keepReading(BufferedReader output) {
        try {
            output.lines().forEach(line -> {
                synchronized (log) {
                    log.add(line);
                }
            });
        } catch (UncheckedIOException e) {
            // The process has been ended, and its output with it.
        }
    }
}
