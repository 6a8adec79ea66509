package dev.peerscope.attack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A peer that reads what it is sent and answers as its {@link Talk} says, on a stream of its own. Two virtual threads each. */
final class SocketPeer implements AutoCloseable {

    static final String PROTOCOL = "/codex/blockexc/1.0.0";

    private static final String PING = "/ipfs/ping/1.0.0";
    private static final int CLOSE_RECEIVER = 3;
    private static final int CLOSE_INITIATOR = 4;
    private static final int RESET_INITIATOR = 6;
    /** So many answers wait for the socket; with more we do not read on, as any peer. */
    private static final int ANSWERS_MAX = 64;

    private final RawConnection connection;
    private final Talk talk;
    private final Map<Long, Incoming> streams = new HashMap<>();
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>(ANSWERS_MAX);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What a peer answers. */
    @FunctionalInterface
    interface Talk {

        /** Told the want-list of each message; says what it has to say with {@link SocketPeer#say}. */
        void asked(SocketPeer peer, List<Wanted> entries) throws IOException, InterruptedException;
    }

    SocketPeer(RawConnection connection, Talk talk) {
        this.connection = connection;
        this.talk = talk;
        Thread.ofVirtual().start(this::read);
        Thread.ofVirtual().start(this::write);
    }

    String peerId() {
        return connection.peerId();
    }

    /** Sends a message, framed. */
    void say(byte[] message) throws InterruptedException {
        answers.put(message);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Waits for the end of the connection, at most so long. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
        ended.countDown();
    }

    private void write() {
        try {
            boolean opened = false;
            while (!hasEnded()) {
                byte[] message = answers.poll(1, TimeUnit.SECONDS);
                if (message == null) {
                    continue;
                }
                if (!opened) {
                    opened = true;
                    connection.write(0, RawConnection.NEW_STREAM, new byte[]{'0'});
                    connection.write(0, RawConnection.MESSAGE_INITIATOR,
                            RawConnection.lines("/multistream/1.0.0", PROTOCOL));
                }
                connection.write(0, RawConnection.MESSAGE_INITIATOR, message);
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            while (true) {
                var frame = connection.read();
                switch (frame.flag()) {
                    case RawConnection.NEW_STREAM -> streams.put(frame.stream(), new Incoming(frame.stream()));
                    case RawConnection.MESSAGE_INITIATOR -> {
                        var stream = streams.get(frame.stream());
                        if (stream != null) {
                            stream.received(frame.data());
                        }
                    }
                    case CLOSE_INITIATOR -> {
                        if (streams.remove(frame.stream()) != null) {
                            connection.write(frame.stream(), CLOSE_RECEIVER, new byte[0]);
                        }
                    }
                    case RESET_INITIATOR -> streams.remove(frame.stream());
                    default -> {
                        // About our own stream, where nothing is said that matters.
                    }
                }
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A stream that the service opened: the exchange, a ping, or something that we do not speak. */
    private final class Incoming {

        private final long id;
        private byte[] held = {};
        private @Nullable String protocol;
        private boolean greeted;

        Incoming(long id) {
            this.id = id;
        }

        void received(byte[] data) throws IOException, InterruptedException {
            held = held.length == 0 ? data : joined(held, data);
            while (protocol == null && held.length > 0 && held.length > held[0]) {
                negotiate(RawConnection.line(new ByteArrayInputStream(held)));
                held = from(held, held[0] + 1);
            }
            if (PING.equals(protocol) && held.length > 0) {
                connection.write(id, RawConnection.MESSAGE_RECEIVER, held);
                held = new byte[0];
            }
            while (PROTOCOL.equals(protocol) && takeMessage()) {
                // One after the other.
            }
        }

        private void negotiate(String line) throws IOException {
            if (!greeted) {
                greeted = true;
                connection.write(id, RawConnection.MESSAGE_RECEIVER, RawConnection.lines(line));
                return;
            }
            boolean spoken = line.equals(PROTOCOL) || line.equals(PING);
            connection.write(id, RawConnection.MESSAGE_RECEIVER, RawConnection.lines(spoken ? line : "na"));
            if (spoken) {
                protocol = line;
            }
        }

        private boolean takeMessage() throws IOException, InterruptedException {
            int length = 0;
            for (int at = 0; at < held.length; at++) {
                length |= (held[at] & 0x7F) << 7 * at;
                if (held[at] >= 0) {
                    if (held.length - at - 1 < length) {
                        return false;
                    }
                    byte[] message = new byte[length];
                    System.arraycopy(held, at + 1, message, 0, length);
                    held = from(held, at + 1 + length);
                    talk.asked(SocketPeer.this, Wanted.read(message));
                    return true;
                }
            }
            return false;
        }

        private static byte[] joined(byte[] first, byte[] second) {
            var out = new ByteArrayOutputStream(first.length + second.length);
            out.writeBytes(first);
            out.writeBytes(second);
            return out.toByteArray();
        }

        private static byte[] from(byte[] bytes, int start) {
            return Arrays.copyOfRange(bytes, start, bytes.length);
        }
    }
}
