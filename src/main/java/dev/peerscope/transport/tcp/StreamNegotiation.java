package dev.peerscope.transport.tcp;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import dev.peerscope.transport.StreamRefused;
import dev.peerscope.transport.TransportTimeouts;
import dev.peerscope.transport.mux.MuxedStream;
import dev.peerscope.transport.negotiation.Negotiation;
import dev.peerscope.transport.negotiation.NegotiationViolation;
import dev.peerscope.transport.negotiation.Outcome;

/** Agreement on the protocol of one stream, within its time-out. It ends with exactly one call to its listener. */
final class StreamNegotiation {

    private final Channel channel;
    private final MuxedStream stream;
    private final Negotiation negotiation;
    private final Listener listener;
    private @Nullable ScheduledFuture<?> timeout;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean done;

    /** Told how it ended. */
    interface Listener {

        /** Both sides speak this from now on; the bytes that followed already are the listener's to release. */
        void agreed(String protocol, ByteBuf following);

        /** There will be no agreement. */
        void failed(StreamRefused reason);
    }

    StreamNegotiation(Channel channel, MuxedStream stream, Negotiation negotiation, Listener listener) {
        this.channel = channel;
        this.stream = stream;
        this.negotiation = negotiation;
        this.listener = listener;
    }

    void begin(TransportTimeouts timeouts) {
        var limit = timeouts.stream();
        timeout = channel.eventLoop().schedule(
                () -> fail(StreamRefused.Kind.TIMEOUT, "no agreement on the stream's protocol within " + limit),
                limit.toMillis(), TimeUnit.MILLISECONDS);
        var opening = channel.alloc().buffer();
        negotiation.open(opening);
        send(opening);
    }

    void received(ByteBuf data) {
        held = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(channel.alloc(), held, data.retain());
        var answers = channel.alloc().buffer();
        Outcome outcome;
        try {
            outcome = negotiation.received(held, answers);
        } catch (NegotiationViolation e) {
            answers.release();
            fail(StreamRefused.Kind.FAILED, String.valueOf(e.getMessage()));
            return;
        }
        send(answers);
        switch (outcome) {
            case Outcome.Pending() -> {
                // The next bytes come here again.
            }
            case Outcome.Agreed(var protocol) -> agree(protocol);
            case Outcome.Refused() -> fail(StreamRefused.Kind.NOT_SPOKEN, "the remote does not speak the protocol");
        }
    }

    void fail(StreamRefused.Kind kind, String reason) {
        if (finish()) {
            takeHeld().release();
            listener.failed(new StreamRefused(kind, reason));
        }
    }

    private void agree(String protocol) {
        if (finish()) {
            listener.agreed(protocol, takeHeld());
        }
    }

    private ByteBuf takeHeld() {
        var taken = held;
        held = Unpooled.EMPTY_BUFFER;
        return taken;
    }

    private boolean finish() {
        if (done) {
            return false;
        }
        done = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        return true;
    }

    private void send(ByteBuf bytes) {
        if (bytes.isReadable()) {
            // A write that fails comes with an end of the stream, which is heard of anyway.
            var unused = stream.write(bytes);
        } else {
            bytes.release();
        }
    }
}
