package dev.peerscope.transport.identity;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/** A stream on which the remote says who it is; what it says in several messages adds up. */
final class IdentifyReading implements StreamHandler {

    private final Stream stream;
    private final Listener listener;
    private final StreamDeadline deadline;
    private final IdentifyFrames frames = new IdentifyFrames(this::add);
    private IdentifyMessage sum = IdentifyMessage.EMPTY;

    /** Who is told. */
    interface Listener {

        /** All that was said on this stream so far. */
        void said(IdentifyMessage sum) throws UnusableIdentify;

        /** It was more than may be said. */
        void saidTooMuch();
    }

    IdentifyReading(Stream stream, Duration timeout, Listener listener) {
        this.stream = stream;
        this.listener = listener;
        this.deadline = new StreamDeadline(stream, timeout);
    }

    @Override
    public void received(Stream from, ByteBuf data) {
        try {
            frames.read(data);
        } catch (UnusableIdentify unusable) {
            if (unusable.isOverLimit()) {
                listener.saidTooMuch();
            }
            stream.connection().close(unusable.reason());
        }
    }

    @Override
    public void remoteClosed(Stream closed) {
        deadline.done();
        stream.closeWrite();
    }

    @Override
    public void reset(Stream ended) {
        deadline.done();
    }

    @Override
    public void writabilityChanged(Stream changed) {
        // Nothing is written here.
    }

    private void add(IdentifyMessage message) throws UnusableIdentify {
        sum = sum.with(message);
        listener.said(sum);
    }
}
