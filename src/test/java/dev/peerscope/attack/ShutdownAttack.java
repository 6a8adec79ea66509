package dev.peerscope.attack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.peerscope.Patience;

/**
 * Readers that hold streams open while much changes, some of whom do not read; peers that do not read, a dial that is not answered, a
 * request that does not end. SIGTERM ends the process all the same, without a word of error.
 *
 * @param reading
 *            readers of presence changes
 * @param notReading
 *            those that ask for the stream and never read it
 * @param progress
 *            readers of a download's progress
 * @param allowed
 *            time until the process is gone
 */
public record ShutdownAttack(int reading, int notReading, int progress, Duration allowed, boolean judgesTimes)
        implements Scenario {

    private static final int WANTED = 20_000;
    private static final int CHURNING = 5;
    private static final int DEAF = 10;
    private static final int SIGTERM_EXIT = 143;
    private static final int SMALL_BUFFER = 4 * 1024;
    /** More than all buffers between the service and a reader hold: one who does not read holds up who writes. */
    private static final long BYTES_EACH = 4_000_000;

    @Override
    public String name() {
        return "shutdown";
    }

    @Override
    public Report run(Path jar, Path folder) throws IOException, InterruptedException {
        var report = new Report(name());
        var dataset = new TestDataset(1, WANTED, 16);
        List<Socket> sockets = new ArrayList<>();
        var bytes = new AtomicLong();
        var ended = new AtomicInteger();
        try (var service = Service.start(jar, folder, "512m", List.of("--peerscope.refresh.shortest-interval=100ms",
                "--peerscope.refresh.entries-per-second=40000"))) {
            service.create("/watches", Map.of("treeCid", dataset.treeCid().toString(), "blockCount", WANTED));
            var download = service.create("/downloads",
                    Map.of("treeCid", new TestDataset(2, 4, 16).treeCid().toString(),
                            "blockCount", 4));
            var here = InetAddress.getLoopbackAddress();
            var groups = List.of(new Crowd.Group(Conduct.CHURNS, CHURNING, here, Long.MAX_VALUE >> 24),
                    new Crowd.Group(Conduct.NEVER_READS, DEAF, here, Long.MAX_VALUE >> 24));
            try (var attackers = AttackerProcess.start(service, groups);
                    var neverAnswers = new ServerSocket(0, 1, here)) {
                await().atMost(Patience.LONG).until(() -> attackers.joins() >= CHURNING + DEAF);
                for (int i = 0; i < reading; i++) {
                    sockets.add(read(service, "/presence-changes/stream", bytes, ended));
                }
                for (int i = 0; i < progress; i++) {
                    sockets.add(
                            read(service, "/downloads/" + download.get("id").asString() + "/progress", bytes, ended));
                }
                for (int i = 0; i < notReading; i++) {
                    sockets.add(ask(service, "/presence-changes/stream", SMALL_BUFFER));
                }
                await().atMost(Patience.LONG).until(() -> bytes.get() > (long) reading * BYTES_EACH);
                Thread.ofVirtual().start(() -> service.send("POST", "/peers",
                        Map.of("address", "/ip4/127.0.0.1/tcp/" + neverAnswers.getLocalPort()), Patience.LONG));
                sockets.add(half(service));
                Thread.sleep(Duration.ofSeconds(1));

                var took = service.terminate();

                report.note(reading + " + " + notReading + " streams and " + progress + " progress readers, "
                        + Scenario.megabytes(bytes.get()) + " read");
                report.must(!judgesTimes || took.compareTo(allowed) <= 0, "exit after " + Scenario.seconds(took));
                report.must(service.exitCode() == SIGTERM_EXIT, "code " + service.exitCode());
                int errors = service.logged(" ERROR ").size();
                report.must(errors == 0, errors + " errors in the log"
                        + (errors == 0 ? "" : ", the first: " + service.logged(" ERROR ").getFirst()));
                int aborted = service.logged("shutdown aborted").size();
                report.must(aborted == 0, aborted + " graceful shutdowns aborted");
                await().atMost(Patience.LONG).until(() -> ended.get() == reading + progress);
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        return report;
    }

    private static Socket read(Service service, String path, AtomicLong bytes, AtomicInteger ended) throws IOException {
        var socket = ask(service, path, 0);
        Thread.ofVirtual().start(() -> {
            try {
                count(socket.getInputStream(), bytes);
            } catch (IOException e) {
                // Ended all the same.
            }
            ended.incrementAndGet();
        });
        return socket;
    }

    private static void count(InputStream in, AtomicLong bytes) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes.addAndGet(read);
        }
    }

    /** A request whose body does not come. */
    private static Socket half(Service service) throws IOException {
        var socket = RawConnection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()),
                InetAddress.getLoopbackAddress(), SMALL_BUFFER);
        socket.getOutputStream().write(("POST /api/v1/watches HTTP/1.1\r\nHost: localhost:" + service.port()
                + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static Socket ask(Service service, String path, int receiveBuffer) throws IOException {
        var socket = RawConnection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()),
                InetAddress.getLoopbackAddress(), receiveBuffer);
        socket.getOutputStream().write(("GET /api/v1" + path + " HTTP/1.1\r\nHost: localhost:" + service.port()
                + "\r\nAccept: text/event-stream\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
