package dev.peerscope.transport.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;

/**
 * One end of a connection under test: keeps what its muxer sends until it is delivered, writes down what it reports, and
 * fails as soon as a report breaks the order that {@link MuxerEvents} promises.
 */
public final class MuxerEnd implements MuxerOutput, MuxerEvents {

    public final List<String> violations = new ArrayList<>();
    public long waiting;
    public final List<LimitName> limits = new ArrayList<>();
    public final List<MuxedStream> opened = new ArrayList<>();
    public Consumer<MuxedStream> whenOpened = stream -> {};
    public BiConsumer<MuxedStream, ByteBuf> whenReceived = (stream, data) -> {};
    private final Map<MuxedStream, StreamLog> logs = new LinkedHashMap<>();
    private final ArrayDeque<Frame> unsent = new ArrayDeque<>();
    private final List<ByteBuf> frames = new ArrayList<>();
    private @Nullable Muxer muxer;
    private boolean writable = true;

    private record Frame(ByteBuf bytes, @Nullable CompletableFuture<Void> written) {}

    /** What happened to one stream. */
    public static final class StreamLog {
        private final ByteBuf received = Unpooled.buffer();
        private final List<String> events = new ArrayList<>();
        private int writabilityChanges;

        private void add(String event) {
            assertThat(events).doesNotContain("closed", "reset", event);
            events.add(event);
        }
    }

    public void use(Muxer newMuxer) {
        muxer = newMuxer;
    }

    public Muxer muxer() {
        if (muxer == null) {
            throw new IllegalStateException("no muxer yet");
        }
        return muxer;
    }

    public MuxedStream open() {
        try {
            return muxer().open();
        } catch (StreamsExhausted refused) {
            throw new AssertionError(refused);
        }
    }

    public MuxedStream lastOpened() {
        return opened.getLast();
    }

    /** All bytes that came on the stream so far. */
    public byte[] received(MuxedStream stream) {
        var bytes = log(stream).received;
        return ByteBufUtil.getBytes(bytes);
    }

    /** Of {@code remoteClosed}, {@code closed} and {@code reset}, what has been reported so far. */
    public List<String> events(MuxedStream stream) {
        return log(stream).events;
    }

    public int writabilityChanges(MuxedStream stream) {
        return log(stream).writabilityChanges;
    }

    /** The connection takes bytes, or does not. */
    public void setWritable(boolean nowWritable) {
        writable = nowWritable;
        muxer().outputWritabilityChanged();
    }

    /** Bytes of each frame that waits to be delivered. */
    public List<Integer> unsentLengths() {
        return unsent.stream().map(frame -> frame.bytes.readableBytes()).toList();
    }

    public boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /** Hands the oldest frame to the socket and returns its bytes. */
    public byte[] takeFrame() {
        var frame = unsent.remove();
        if (frame.written != null) {
            frame.written.complete(null);
        }
        byte[] bytes = ByteBufUtil.getBytes(frame.bytes);
        frame.bytes.release();
        return bytes;
    }

    /** Everything that waits, as one run of bytes. */
    public byte[] takeAll() {
        var all = Unpooled.buffer();
        while (hasUnsent()) {
            all.writeBytes(takeFrame());
        }
        return ByteBufUtil.getBytes(all);
    }

    /** Ends the connection and checks that every buffer was given back. */
    public void closeAndCheckBuffers() {
        muxer().close();
        while (hasUnsent()) {
            takeFrame();
        }
        assertThat(muxer().streamCount()).isZero();
        assertThat(logs.values()).allSatisfy(log -> assertThat(log.events).containsAnyOf("closed", "reset"));
        assertThat(frames).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
    }

    @Override
    public void write(ByteBuf frame, @Nullable CompletableFuture<Void> written) {
        frames.add(frame);
        unsent.addLast(new Frame(frame, written));
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void waiting(long change) {
        waiting += change;
    }

    @Override
    public void limitMet(LimitName limit) {
        limits.add(limit);
    }

    @Override
    public void violation(String rule) {
        violations.add(rule);
        muxer().close();
    }

    @Override
    public void opened(MuxedStream stream) {
        opened.add(stream);
        log(stream);
        whenOpened.accept(stream);
    }

    @Override
    public void received(MuxedStream stream, ByteBuf data) {
        assertThat(events(stream)).isEmpty();
        log(stream).received.writeBytes(data.duplicate());
        whenReceived.accept(stream, data);
    }

    @Override
    public void remoteClosed(MuxedStream stream) {
        log(stream).add("remoteClosed");
    }

    @Override
    public void reset(MuxedStream stream) {
        log(stream).add("reset");
    }

    @Override
    public void closed(MuxedStream stream) {
        log(stream).add("closed");
    }

    @Override
    public void writabilityChanged(MuxedStream stream) {
        assertThat(events(stream)).doesNotContain("closed", "reset");
        log(stream).writabilityChanges++;
    }

    private StreamLog log(MuxedStream stream) {
        return logs.computeIfAbsent(stream, unknown -> new StreamLog());
    }
}
