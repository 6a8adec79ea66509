package dev.peerscope.api;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.PeerscopeApplication;
import dev.peerscope.benchmark.JvmProcess;
import dev.peerscope.benchmark.Measurement;
import dev.peerscope.benchmark.PresenceMessages;

/**
 * How fast are the main reads, idle and while presence streams in at full speed, beside a bare Spring endpoint with the same
 * payload? Service, endpoint and peers run in processes of their own and share the machine with whoever reads.
 */
public final class HttpReadsMeasurement implements Measurement {

    private static final int PEERS = 50;
    private static final int LEAVES = 20_000;
    private static final int TALKING = 2;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final String API = "/api/v1";
    /** Tomcat closes a connection after a hundred requests unless told otherwise. */
    private static final String KEEP_ALIVE = "--server.tomcat.max-keep-alive-requests=-1";

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public void measure(PrintStream results) throws Exception {
        Path directory = Files.createTempDirectory("peerscope-benchmark");
        int port = freePort();
        int barePort = freePort();
        try (var service = JvmProcess.running(PeerscopeApplication.class, directory, serviceArguments(port));
                var bare = JvmProcess.running(BareService.class, directory, bareArguments(barePort))) {
            JsonNode node = JsonMapper.shared().readTree(whenItAnswers(service, port, API + "/node"));
            var feederArguments = List.of(node.get("addresses").get(0).asString(), "" + PEERS, "" + LEAVES);
            try (var feeder = JvmProcess.talking(PresenceFeeder.class, directory, feederArguments)) {
                fill(port, feeder);
                List<ComparedRead> reads = reads(port);
                keepPayloads(port, reads, directory);
                whenItAnswers(bare, barePort, reads.getFirst().bare().path());
                results.printf(
                        "%d peers with %,d leaves of one tree each; under ingest %d of them talk at full speed, the one that "
                                + "is read among them%n%n",
                        PEERS, LEAVES, TALKING);
                compare(new Comparison(port, barePort, results), reads, feeder, results);
            }
        }
    }

    private static void compare(Comparison comparison, List<ComparedRead> reads, JvmProcess feeder, PrintStream results)
            throws Exception {
        comparison.warmUp(reads);
        comparison.table("idle", reads);
        feeder.ask("go " + TALKING);
        long began = System.nanoTime();
        comparison.table("ingest", reads);
        long told = Long.parseLong(feeder.ask("stop"));
        results.printf("%npresence records taken in meanwhile: %,.0f a second%n",
                told / ((System.nanoTime() - began) / 1e9));
    }

    /** Nobody asks the peers again while it is measured, so that idle is idle. */
    private static List<String> serviceArguments(int port) {
        return List.of("--server.port=" + port, "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
                "--peerscope.data-directory=data", "--peerscope.refresh.shortest-interval=1h",
                "--peerscope.refresh.answer-timeout=1h", KEEP_ALIVE);
    }

    private static List<String> bareArguments(int port) {
        return List.of("--server.port=" + port, "--server.address=127.0.0.1", "--spring.threads.virtual.enabled=true",
                "--spring.profiles.active=" + BareService.PROFILE, "--spring.config.location=optional:file:none",
                KEEP_ALIVE);
    }

    private void fill(int port, JvmProcess feeder) throws IOException, InterruptedException {
        var watch = "{\"treeCid\": \"" + PresenceMessages.tree(0) + "\", \"blockCount\": " + LEAVES + "}";
        var request = HttpRequest.newBuilder(uri(port, API + "/watches")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(watch)).build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 201) {
            throw new IllegalStateException("the watch was answered with " + status);
        }
        feeder.ask("fill");
        while (presences(port) < (long) PEERS * LEAVES) {
            Thread.sleep(200);
        }
    }

    private long presences(int port) throws IOException, InterruptedException {
        JsonNode known = JsonMapper.shared().readTree(body(port, API + "/peers/summary")).get("presences");
        return known.get("have").asLong() + known.get("denied").asLong();
    }

    private List<ComparedRead> reads(int port) throws IOException, InterruptedException {
        var peers = JsonMapper.shared().readTree(body(port, API + "/peers")).get("items");
        String peer = API + "/peers/" + peers.get(0).get("peerId").asString();
        String tree = PresenceMessages.tree(0).toString();
        return List.of(ComparedRead.of("peers", API + "/peers?limit=" + PEERS), ComparedRead.of("peer", peer),
                ComparedRead.of("have-set", peer + "/have-set"),
                ComparedRead.withTag("have-set-with-tag", peer + "/have-set"),
                ComparedRead.anew("have-set-made-anew", peer + "/have-set"),
                ComparedRead.of("have-set-blocks", peer + "/have-set/blocks"),
                ComparedRead.of("who-has", API + "/blocks/" + tree + "/" + LEAVES / 2 + "/peers"),
                ComparedRead.of("availability", API + "/datasets/" + tree + "/availability"),
                ComparedRead.of("presence-changes", API + "/presence-changes"));
    }

    private void keepPayloads(int port, List<ComparedRead> reads, Path directory)
            throws IOException, InterruptedException {
        Path payloads = Files.createDirectories(directory.resolve(BareService.PAYLOADS));
        for (ComparedRead read : reads) {
            Files.write(payloads.resolve(read.name() + ".json"), body(port, read.path()));
        }
    }

    private byte[] body(int port, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.ofByteArray()).body();
    }

    private byte[] whenItAnswers(JvmProcess program, int port, String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_PATIENCE.toNanos();
        while (true) {
            try {
                return body(port, path);
            } catch (IOException e) {
                if (System.nanoTime() > end || !program.isAlive()) {
                    throw new IOException("nothing answers at port " + port, e);
                }
                Thread.sleep(100);
            }
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
