package dev.peerscope.transport.mux.yamux;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.ActiveStreams;
import dev.peerscope.transport.mux.FrameAllowance;
import dev.peerscope.transport.mux.MuxedStream;
import dev.peerscope.transport.mux.Muxer;
import dev.peerscope.transport.mux.MuxerEvents;
import dev.peerscope.transport.mux.MuxerLimits;
import dev.peerscope.transport.mux.MuxerOutput;
import dev.peerscope.transport.mux.MuxerViolation;
import dev.peerscope.transport.mux.StreamsExhausted;
import dev.peerscope.transport.mux.yamux.YamuxHeader.Type;

/** The streams of one connection over yamux. */
final class YamuxMuxer implements Muxer, YamuxFrameReader.Sink {

    /** "ACK backlog & backpressure" of the specification. */
    private static final int UNACKNOWLEDGED_MAX = 256;

    private static final long ID_MAX = 0xffff_ffffL;

    private final MuxerLimits limits;
    private final MuxerOutput output;
    private final MuxerEvents events;
    private final ActiveStreams streams;
    private final YamuxSession session;
    private final FrameAllowance strays;
    private final YamuxFrameReader reader = new YamuxFrameReader(this);
    private long nextId;
    private boolean closed;
    /** Whom the current frame is for; null when for nobody. */
    private @Nullable YamuxStream receiver;

    YamuxMuxer(Direction direction, MuxerLimits limits, MuxerOutput output, MuxerEvents events) {
        this.limits = limits;
        this.output = output;
        this.events = events;
        this.streams = new ActiveStreams(limits, output, events);
        this.session = new YamuxSession(output, limits.idleFramesMax());
        this.strays = new FrameAllowance(limits.idleFramesMax(), "for streams that do not exist");
        this.nextId = switch (direction) {
            case OUTBOUND -> 1;
            case INBOUND -> 2;
        };
    }

    @Override
    public MuxedStream open() throws StreamsExhausted {
        if (closed || session.remoteGoesAway() || session.weGoAway() || nextId > ID_MAX) {
            throw new StreamsExhausted("no more streams can be opened on this connection: one side ends it");
        }
        streams.checkOpening();
        if (streams.countOpenedByUs(YamuxMuxer::isUnacknowledged) >= UNACKNOWLEDGED_MAX) {
            throw new StreamsExhausted(
                    "the remote has acknowledged none of the last " + UNACKNOWLEDGED_MAX + " streams");
        }
        var stream = new YamuxStream(nextId, Direction.OUTBOUND, streams, output, limits.receiveWindow());
        nextId += 2;
        streams.add(stream);
        stream.announce();
        return stream;
    }

    @Override
    public void received(ByteBuf bytes) {
        try {
            if (!closed) {
                reader.read(bytes);
            }
        } catch (MuxerViolation violation) {
            if (!closed) {
                session.goAway(GoAway.PROTOCOL_ERROR);
                output.violation(violation.rule());
                close();
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void begin(YamuxHeader header) throws MuxerViolation {
        receiver = null;
        if (closed) {
            return;
        }
        if (header.streamId() == YamuxSession.STREAM_ID) {
            session.handle(header);
            return;
        }
        if (header.has(YamuxHeader.SYN)) {
            opened(header);
        }
        if (streams.find(openerOf(header.streamId()), header.streamId()) instanceof YamuxStream stream) {
            strays.restore();
            receiver = stream;
            stream.begin(header);
        } else {
            stray(header);
        }
    }

    @Override
    public void data(ByteBuf part) {
        if (receiver != null) {
            receiver.receive(part);
        }
    }

    @Override
    public void end(YamuxHeader header) {
        if (receiver != null) {
            receiver.end(header);
        }
    }

    @Override
    public void outputWritabilityChanged() {
        streams.outputWritabilityChanged();
    }

    @Override
    public void goAway(GoAway reason) {
        if (!closed) {
            session.goAway(reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        streams.connectionEnded();
    }

    @Override
    public int streamCount() {
        return streams.count();
    }

    @Override
    public int inboundStreamCount() {
        return streams.inboundCount();
    }

    @Override
    public long mostQueuedBytes() {
        return streams.mostQueuedBytes();
    }

    private void opened(YamuxHeader header) throws MuxerViolation {
        long id = header.streamId();
        if (openerOf(id) != Direction.INBOUND) {
            throw new MuxerViolation("the remote opened stream " + id + ", a number that is ours to give");
        }
        session.countAnswer();
        if (session.weGoAway()) {
            output.write(new YamuxHeader(Type.WINDOW_UPDATE, YamuxHeader.RST, id, 0).toFrame(), null);
            return;
        }
        streams.checkOpened(id);
        var stream = new YamuxStream(id, Direction.INBOUND, streams, output, limits.receiveWindow());
        streams.add(stream);
        stream.announce();
        events.opened(stream);
    }

    /** Frames are on their way to every stream that we reset; their data is skipped. */
    private void stray(YamuxHeader header) throws MuxerViolation {
        long lengthMax = Math.max(limits.receiveWindow(), limits.receivedFrameMax());
        if (header.type() == Type.DATA && header.length() > lengthMax) {
            output.limitMet(LimitName.FRAME_LENGTH);
            throw new MuxerViolation("a yamux frame has " + header.length() + " bytes, more than " + lengthMax);
        }
        strays.use();
    }

    private Direction openerOf(long id) {
        return id % 2 == nextId % 2 ? Direction.OUTBOUND : Direction.INBOUND;
    }

    private static boolean isUnacknowledged(MuxedStream stream) {
        return stream instanceof YamuxStream ours && !ours.isAcknowledged();
    }
}
