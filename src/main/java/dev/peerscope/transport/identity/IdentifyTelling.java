package dev.peerscope.transport.identity;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;

/** A stream on which we have said who we are, and wait for the remote's half to close. */
final class IdentifyTelling implements StreamHandler {

    private final StreamDeadline deadline;

    private IdentifyTelling(Stream stream, Duration timeout) {
        this.deadline = new StreamDeadline(stream, timeout);
    }

    /** Says it and closes our half. */
    static IdentifyTelling tell(Stream stream, IdentifyMessage message, Duration timeout) {
        // Should it never leave, the stream or its connection has ended, and others hear of that.
        var unused = stream.write(IdentifyFrames.write(message));
        stream.closeWrite();
        return new IdentifyTelling(stream, timeout);
    }

    @Override
    public void received(Stream stream, ByteBuf data) {
        // Whoever is told something has nothing to say.
        stream.reset();
    }

    @Override
    public void remoteClosed(Stream stream) {
        deadline.done();
    }

    @Override
    public void reset(Stream stream) {
        deadline.done();
    }

    @Override
    public void writabilityChanged(Stream stream) {
        // Everything was written at once.
    }
}
