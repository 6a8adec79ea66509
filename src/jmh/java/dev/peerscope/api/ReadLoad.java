package dev.peerscope.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Asks the same over and over on a few connections that stay open, each waiting for its answer before it asks again. As light as
 * it can be, for it shares the processors with what it measures: a blocking socket a connection, nothing parsed but status,
 * length and tag.
 */
final class ReadLoad {

    private static final int BUFFER = 1 << 16;
    private static final AtomicLong ASKED = new AtomicLong();

    private ReadLoad() {}

    /**
     * What came out.
     *
     * @param micros how long each answer took, ascending
     * @param unchanged how many answers were 304
     */
    record Result(double seconds, long[] micros, long unchanged) {

        double rate() {
            return micros.length / seconds;
        }

        /** How many of the answers were 304, from 0 to 1. */
        double unchangedShare() {
            return micros.length == 0 ? 0 : unchanged / (double) micros.length;
        }

        /** So many in a hundred answers took no longer. */
        long percentile(double percent) {
            return micros.length == 0 ? 0
                    : micros[(int) Math.min(micros.length - 1L, (long) (micros.length * percent / 100))];
        }

        static Result sum(List<Result> parts) {
            long[] all = parts.stream().flatMapToLong(part -> Arrays.stream(part.micros)).sorted().toArray();
            return new Result(parts.stream().mapToDouble(Result::seconds).sum(), all,
                    parts.stream().mapToLong(Result::unchanged).sum());
        }
    }

    /** Reads for so long. */
    static Result run(int port, ComparedRead read, int connections, Duration duration)
            throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Callable<Result>> readers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                readers.add(() -> {
                    try (var connection = new Connection(port, read)) {
                        return connection.readUntil(end);
                    }
                });
            }
            List<Result> parts = new ArrayList<>();
            for (Future<Result> part : threads.invokeAll(readers)) {
                parts.add(part.get());
            }
            return new Result(duration.toNanos() / 1e9, Result.sum(parts).micros(),
                    parts.stream().mapToLong(Result::unchanged).sum());
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading " + read.path() + " failed", e.getCause());
        }
    }

    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final ComparedRead read;
        private final String headers;
        private final byte[] buffer = new byte[BUFFER];
        private @Nullable String tag;
        private byte[] asked;
        private int status;

        Connection(int port, ComparedRead read) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            this.read = read;
            this.headers = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: application/json\r\n";
            this.asked = request("");
        }

        Result readUntil(long end) throws IOException {
            long[] micros = new long[1 << 12];
            int count = 0;
            long unchanged = 0;
            long before = System.nanoTime();
            while (before < end) {
                exchange();
                long after = System.nanoTime();
                if (count == micros.length) {
                    micros = Arrays.copyOf(micros, count * 2);
                }
                micros[count++] = (after - before) / 1000;
                unchanged += status == 304 ? 1 : 0;
                before = after;
            }
            return new Result(0, Arrays.copyOf(micros, count), unchanged);
        }

        private byte[] request(String condition) {
            String mark = ";asked=" + ASKED.incrementAndGet();
            String path = read.anew() ? read.path().replaceFirst("\\?|$", mark + "$0") : read.path();
            return ("GET " + path + headers + condition + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }

        private void exchange() throws IOException {
            if (read.anew()) {
                asked = request("");
            }
            out.write(asked);
            int length = 0;
            int headEnd = -1;
            while (headEnd < 0) {
                length += receive(length);
                headEnd = endOfHead(length);
            }
            String head = new String(buffer, 0, headEnd, StandardCharsets.US_ASCII);
            status = Integer.parseInt(head.substring(9, 12));
            if (status != 200 && status != 304) {
                throw new IOException("answered " + head);
            }
            remember(header(head, "ETag"));
            String bodyLength = header(head, "Content-Length");
            if (bodyLength == null && status == 200) {
                skipChunks(headEnd, length);
                return;
            }
            long left = bodyLength == null ? 0 : Long.parseLong(bodyLength) - (length - headEnd);
            while (left > 0) {
                left -= receive(0);
            }
        }

        /** Chunked: the answer ends with an empty chunk, and nothing comes after it until we ask again. */
        private void skipChunks(int headEnd, int received) throws IOException {
            int length = received;
            int from = headEnd;
            while (!endsWithLastChunk(from, length)) {
                int keep = Math.min(5, length - from);
                System.arraycopy(buffer, length - keep, buffer, 0, keep);
                from = 0;
                length = keep;
                length += receive(length);
            }
        }

        private boolean endsWithLastChunk(int from, int length) {
            return length - from >= 5 && buffer[length - 5] == '0' && buffer[length - 4] == '\r'
                    && buffer[length - 3] == '\n' && buffer[length - 2] == '\r' && buffer[length - 1] == '\n';
        }

        private int receive(int offset) throws IOException {
            int got = in.read(buffer, offset, buffer.length - offset);
            if (got < 0) {
                throw new EOFException("the server closed the connection");
            }
            return got;
        }

        private int endOfHead(int length) {
            for (int i = 3; i < length; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                    return i + 1;
                }
            }
            return -1;
        }

        private void remember(@Nullable String newTag) {
            if (read.conditional() && newTag != null && !newTag.equals(tag)) {
                tag = newTag;
                asked = request("If-None-Match: " + tag + "\r\n");
            }
        }

        private static @Nullable String header(String head, String name) {
            int at = head.indexOf("\r\n" + name + ": ");
            return at < 0 ? null : head.substring(at + name.length() + 4, head.indexOf('\r', at + 2));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
