package dev.peerscope.transport.mux.mplex;

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

/** The streams of one connection over mplex. Frames for streams that it does not know are skipped, as by a Codex node. */
final class MplexMuxer implements Muxer, MplexFrameReader.Sink {

    /** Names are for people who debug; ours are empty, js-libp2p's have two letters. */
    private static final int NAME_LENGTH_MAX = 1024;

    private final MuxerLimits limits;
    private final MuxerOutput output;
    private final MuxerEvents events;
    private final ActiveStreams streams;
    private final FrameAllowance strays;
    private final MplexFrameReader reader = new MplexFrameReader(this);
    private long nextId;
    private boolean closed;
    /** Whose data the current frame carries; null when nobody's. */
    private @Nullable MplexStream receiver;

    MplexMuxer(MuxerLimits limits, MuxerOutput output, MuxerEvents events) {
        this.limits = limits;
        this.output = output;
        this.events = events;
        this.streams = new ActiveStreams(limits, output, events);
        this.strays = new FrameAllowance(limits.idleFramesMax(), "for streams that do not exist");
    }

    @Override
    public MuxedStream open() throws StreamsExhausted {
        if (closed) {
            throw new StreamsExhausted("the connection has ended");
        }
        streams.checkOpening();
        var stream = new MplexStream(nextId++, Direction.OUTBOUND, streams, output);
        streams.add(stream);
        output.write(MplexFrames.empty(MplexFlag.NEW_STREAM, stream.id()), null);
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
                output.violation(violation.rule());
                close();
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void frame(MplexFlag flag, long streamId, long length) throws MuxerViolation {
        if (length > limits.receivedFrameMax()) {
            output.limitMet(LimitName.FRAME_LENGTH);
            throw new MuxerViolation("an mplex frame has " + length + " bytes, more than " + limits.receivedFrameMax());
        }
        receiver = null;
        if (flag == MplexFlag.NEW_STREAM) {
            opened(streamId, length);
        } else {
            about(flag, streamId);
        }
    }

    @Override
    public void data(ByteBuf part) {
        if (receiver != null) {
            receiver.receive(part);
        }
    }

    @Override
    public void outputWritabilityChanged() {
        streams.outputWritabilityChanged();
    }

    @Override
    public void goAway(GoAway reason) {
        // mplex has no words for it.
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

    private void opened(long streamId, long nameLength) throws MuxerViolation {
        if (closed) {
            return;
        }
        if (nameLength > NAME_LENGTH_MAX) {
            throw new MuxerViolation(
                    "the name of an mplex stream has " + nameLength + " bytes, more than " + NAME_LENGTH_MAX);
        }
        streams.checkOpened(streamId);
        var stream = new MplexStream(streamId, Direction.INBOUND, streams, output);
        streams.add(stream);
        strays.restore();
        events.opened(stream);
    }

    private void about(MplexFlag flag, long streamId) throws MuxerViolation {
        if (!(streams.find(flag.openerAsReceived(), streamId) instanceof MplexStream stream)) {
            strays.use();
            return;
        }
        strays.restore();
        stream.handle(flag);
        if (flag == MplexFlag.MESSAGE_INITIATOR || flag == MplexFlag.MESSAGE_RECEIVER) {
            receiver = stream;
        }
    }
}
