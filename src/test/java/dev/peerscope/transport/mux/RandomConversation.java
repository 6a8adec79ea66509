package dev.peerscope.transport.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;

/**
 * Two ends that open, write, close, reset, pause and stop taking bytes as chance has it, over a connection that cuts as it
 * likes. In the end each stream has got what was written to it, or a beginning of that if it was reset.
 */
final class RandomConversation {

    private static final int STREAMS_MAX = 6;
    private static final int SHORT_WRITE_MAX = 2_000;
    private static final int LONG_WRITE_MAX = 150_000;
    private static final int ON_THE_WAY_MAX = 100_000;

    private final Random random;
    private final Side alice;
    private final Side bob;
    private final Function<byte[], ByteBuf> buffers;

    /** One end, what it wrote, and the bytes on their way to the other. */
    private static final class Side {
        private final MuxerEnd end;
        private final Map<MuxedStream, ByteArrayOutputStream> written = new LinkedHashMap<>();
        private final ByteArrayOutputStream onTheWay = new ByteArrayOutputStream();

        private Side(MuxerEnd end) {
            this.end = end;
        }
    }

    RandomConversation(Random random, MuxerEnd alice, MuxerEnd bob, Function<byte[], ByteBuf> buffers) {
        this.random = random;
        this.alice = new Side(alice);
        this.bob = new Side(bob);
        this.buffers = buffers;
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            boolean fromAlice = random.nextBoolean();
            act(fromAlice ? alice : bob);
            move(fromAlice ? alice : bob, fromAlice ? bob : alice, 1 + random.nextInt(40_000));
        }
        settle();
        check(alice, bob);
        check(bob, alice);
    }

    private void act(Side side) {
        var streams = living(side);
        if (streams.isEmpty() || streams.size() < STREAMS_MAX && random.nextInt(10) == 0) {
            if (side.written.keySet().stream().filter(side.end.opened::contains).count() < STREAMS_MAX) {
                side.written.put(side.end.open(), new ByteArrayOutputStream());
            }
            return;
        }
        var stream = streams.get(random.nextInt(streams.size()));
        switch (random.nextInt(30)) {
            case 0 -> stream.reset();
            case 1 -> stream.closeWrite();
            case 2, 3 -> stream.pauseReading();
            case 4, 5, 6, 7 -> stream.resumeReading();
            case 8 -> side.end.setWritable(false);
            case 9, 10 -> side.end.setWritable(true);
            default -> write(side, stream);
        }
    }

    private void write(Side side, MuxedStream stream) {
        if (!stream.isWritable()) {
            return;
        }
        var data = new byte[random.nextInt(random.nextInt(10) == 0 ? LONG_WRITE_MAX : SHORT_WRITE_MAX)];
        random.nextBytes(data);
        side.written.computeIfAbsent(stream, opened -> new ByteArrayOutputStream()).writeBytes(data);
        stream.write(buffers.apply(data));
    }

    /** Streams that have not ended, those that the other side opened included. */
    private static List<MuxedStream> living(Side side) {
        var streams = new ArrayList<>(side.written.keySet());
        side.end.opened.stream().filter(stream -> !side.written.containsKey(stream)).forEach(streams::add);
        streams.removeIf(
                stream -> side.end.events(stream).contains("closed") || side.end.events(stream).contains("reset"));
        return streams;
    }

    private void move(Side from, Side to, int lengthMax) {
        from.onTheWay.writeBytes(from.end.takeAll());
        byte[] bytes = from.onTheWay.toByteArray();
        int length = Math.min(lengthMax, bytes.length);
        from.onTheWay.reset();
        from.onTheWay.write(bytes, length, bytes.length - length);
        if (from.onTheWay.size() > ON_THE_WAY_MAX) {
            from.end.setWritable(false);
        }
        if (length > 0) {
            to.end.muxer().received(buffers.apply(Arrays.copyOf(bytes, length)));
        }
    }

    private void settle() {
        // Resuming a stream sends something, which may let another one send, and so on.
        do {
            for (var side : List.of(alice, bob)) {
                side.end.setWritable(true);
                living(side).forEach(MuxedStream::resumeReading);
            }
            move(alice, bob, Integer.MAX_VALUE);
            move(bob, alice, Integer.MAX_VALUE);
        } while (alice.end.hasUnsent() || bob.end.hasUnsent());
    }

    private static void check(Side from, Side to) {
        assertThat(from.end.violations).isEmpty();
        from.written.forEach((stream, written) -> {
            boolean openedHere = !from.end.opened.contains(stream);
            var candidates = openedHere ? to.end.opened : new ArrayList<>(to.written.keySet());
            candidates.stream()
                    .filter(other -> other.id() == stream.id() && other.direction() != stream.direction())
                    .forEach(
                            other -> checkReceived(wasReset(from, stream) || wasReset(to, other), written.toByteArray(),
                                    to.end.received(other)));
        });
    }

    private static void checkReceived(boolean wasReset, byte[] written, byte[] received) {
        if (wasReset) {
            assertThat(received).hasSizeLessThanOrEqualTo(written.length)
                    .isEqualTo(Arrays.copyOf(written, received.length));
        } else {
            assertThat(received).isEqualTo(written);
        }
    }

    /** A side that had closed before the other's reset came knows nothing of it. */
    private static boolean wasReset(Side side, MuxedStream stream) {
        return side.end.events(stream).contains("reset");
    }
}
