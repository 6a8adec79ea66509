package dev.peerscope.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The finished jar in a JVM of its own, as a user starts it, on ports that the system picks. Closing it ends the process. */
final class PeerscopeProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final String STARTED = "Started PeerscopeApplication";

    private final Process process;
    private final List<String> log = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Thread reading = Thread.startVirtualThread(() -> {});
    private int port;
    private Instant startedAt = Instant.EPOCH;

    private PeerscopeProcess(Process process) {
        this.process = process;
    }

    /** Returns when it says that it has started. */
    static PeerscopeProcess start(Path dataDirectory, String... arguments) throws IOException {
        return start(List.of(), Map.of(), dataDirectory, arguments);
    }

    /** Under another program, which may need something in its environment. */
    static PeerscopeProcess start(List<String> program, Map<String, String> environment, Path dataDirectory,
            String... arguments) throws IOException {
        var command = new ArrayList<>(program);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-jar", System.getProperty("peerscope.jar"), "--server.port=0",
                "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0", "--peerscope.data-directory=" + dataDirectory));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var started = new PeerscopeProcess(builder.start());
        started.awaitStart();
        return started;
    }

    Instant startedAt() {
        return startedAt;
    }

    JsonNode get(String path) {
        try {
            var response = http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(path + " was not answered; the log:\n" + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at " + path, e);
        }
    }

    /** Sends a command without a body, and answers with the status. */
    int post(String path) throws IOException, InterruptedException {
        return http.send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** The lines of an event stream from its beginning; to be closed. */
    Stream<String> stream(String path) throws IOException, InterruptedException {
        return http.send(request(path).header("Last-Event-ID", "0").build(), HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    /** What it has logged so far. */
    List<String> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Sends SIGTERM and returns the exit code; the log is complete then. */
    int stop() throws InterruptedException {
        // The process's own method would close its output as well.
        process.toHandle().destroy();
        int exitCode = process.waitFor();
        reading.join();
        return exitCode;
    }

    @Override
    public void close() {
        // Where it runs under another program, that one may go first and leave it behind.
        var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(one -> one.onExit().join());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
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
                startedAt = Instant.now();
                reading = Thread.ofVirtual().name("peerscope-log").start(() -> keepReading(output));
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
