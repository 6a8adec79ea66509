package dev.peerscope.node;

import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.peerscope.engine.EngineInput.MessageReceived;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamHandler;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.ProtocolViolation;

/**
 * Reads the messages of one stream, on the event loop of its connection.
 *
 * <p>
 * {@code OPEN → ENDED} when the remote has closed or reset the stream, which concerns nothing but this stream;
 * {@code OPEN → BROKEN} when it broke a rule of the dialect, for which its peer's connections are closed
 * ({@code docs/protocol.md} 5.14). What comes after either is not looked at.
 */
final class InboundStream implements StreamHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InboundStream.class);

    private static final int PART_BYTES = 100;

    private final PeerLink link;
    private final ConnectionSource source;
    private final EngineLoop loop;
    private final NodeObserver observer;
    private final MessageDecoder decoder;
    private final Runnable ended;
    private boolean open = true;
    /** What the budget of partial messages knows of. */
    private int gathered;

    InboundStream(PeerLink link, Stream stream, PeerLink.Means means, Runnable ended) {
        this.link = link;
        this.source = new ConnectionSource(stream.connection(), link.use());
        this.loop = means.loop();
        this.observer = means.observer();
        this.decoder = means.dialect().decoder(means.wire());
        this.ended = ended;
    }

    @Override
    public void received(Stream stream, ByteBuf data) {
        if (!open || link.isClosing()) {
            return;
        }
        link.arrived(data.readableBytes());
        try {
            decoder.decode(data, this::decoded);
            tellGathered(decoder.gatheredBytes());
        } catch (ProtocolViolation violation) {
            LOG.debug("protocol violation: peer={} rule={} detail={}", link.peer().shortText(), violation.rule(),
                    violation.getMessage());
            end();
            MessageLimits.nameOf(violation.rule()).ifPresent(link::limitMet);
            link.close(DepartureReason.PROTOCOL_VIOLATION, violation.rule() + ": " + violation.getMessage());
        }
    }

    @Override
    public void remoteClosed(Stream stream) {
        if (decoder.isInsideMessage() && open) {
            LOG.debug("stream ended inside a message: peer={} stream={}", link.peer().shortText(), stream.id());
        }
        end();
        // We say nothing on a stream that the other side opened; closed on both sides it makes room for another.
        stream.closeWrite();
    }

    @Override
    public void reset(Stream stream) {
        end();
    }

    @Override
    public void writabilityChanged(Stream stream) {}

    private void decoded(ExchangeMessage message) {
        int length = decoder.messageLength();
        observer.messageReceived(MessageSummary.of(message, length));
        loop.receive(new MessageReceived(link.peer(), link.session(), message), weight(message, length), source);
    }

    /** What it takes in memory: about its bytes, and an object for each of its parts, refused ones included. */
    static int weight(ExchangeMessage message, int length) {
        return length + PART_BYTES * (message.presences().size() + message.wantList().entries().size()
                + message.deliveries().size() + message.rejected().size());
    }

    void end() {
        if (open) {
            open = false;
            decoder.close();
            tellGathered(0);
            ended.run();
        }
    }

    private void tellGathered(int now) {
        int change = now - gathered;
        if (change != 0) {
            gathered = now;
            link.gathered(change);
        }
    }
}
