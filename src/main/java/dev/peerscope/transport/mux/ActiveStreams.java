package dev.peerscope.transport.mux;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;

/**
 * The streams of one connection that have not ended, and whose turn it is to send.
 *
 * <p>Streams with data take turns of one frame each, so a long message holds up a short one by one frame at most. Nobody
 * sends while the connection takes no bytes; what waits is bounded per stream.
 */
public final class ActiveStreams {

    private final MuxerLimits limits;
    private final MuxerOutput output;
    private final MuxerEvents events;
    /** Changed on the event loop only; counted by any thread, as what waits on each stream is. */
    private final Map<Long, LogicalStream> inbound = new ConcurrentHashMap<>();
    private final Map<Long, LogicalStream> outbound = new ConcurrentHashMap<>();
    private final ArrayDeque<LogicalStream> turns = new ArrayDeque<>();
    private boolean sending;

    public ActiveStreams(MuxerLimits limits, MuxerOutput output, MuxerEvents events) {
        this.limits = limits;
        this.output = output;
        this.events = events;
    }

    /** The stream that this side opened under this number, or null. */
    public @Nullable LogicalStream find(Direction direction, long id) {
        return ofDirection(direction).get(id);
    }

    /** Streams of both directions. */
    public int count() {
        return inbound.size() + outbound.size();
    }

    /** Streams of the remote. */
    public int inboundCount() {
        return inbound.size();
    }

    /** Bytes that wait on the stream on which most wait. */
    public long mostQueuedBytes() {
        return Stream.concat(inbound.values().stream(), outbound.values().stream())
                .mapToLong(LogicalStream::queuedBytes).max().orElse(0);
    }

    /** Those that we opened and of which this is true. */
    public long countOpenedByUs(Predicate<MuxedStream> condition) {
        return outbound.values().stream().filter(condition).count();
    }

    /** Asserts that we may open another one. */
    public void checkOpening() throws StreamsExhausted {
        if (outbound.size() >= limits.outboundStreamsMax()) {
            output.limitMet(LimitName.CONNECTION_STREAMS);
            throw new StreamsExhausted("we have " + outbound.size() + " streams open on this connection");
        }
    }

    /** Asserts that the remote may open one under this number. */
    public void checkOpened(long id) throws MuxerViolation {
        if (inbound.containsKey(id)) {
            throw new MuxerViolation("the remote opened stream " + id + " twice");
        }
        if (inbound.size() >= limits.inboundStreamsMax()) {
            output.limitMet(LimitName.CONNECTION_STREAMS);
            throw new MuxerViolation(
                    "the remote opened a stream more than the " + limits.inboundStreamsMax() + " that it may");
        }
    }

    public void add(LogicalStream stream) {
        ofDirection(stream.direction()).put(stream.id(), stream);
    }

    /** The connection's writability has changed. */
    public void outputWritabilityChanged() {
        send();
        all().forEach(LogicalStream::noticeWritability);
    }

    /** Ends every stream without a word to the remote. */
    public void connectionEnded() {
        all().forEach(LogicalStream::connectionEnded);
    }

    void remove(LogicalStream stream) {
        ofDirection(stream.direction()).remove(stream.id());
    }

    void sendInTurn(LogicalStream stream) {
        if (!stream.waitsForTurn && stream.canSend()) {
            stream.waitsForTurn = true;
            turns.addLast(stream);
            send();
        }
        stream.noticeWritability();
    }

    MuxerLimits limits() {
        return limits;
    }

    MuxerOutput output() {
        return output;
    }

    MuxerEvents events() {
        return events;
    }

    private void send() {
        // Sending may call back into a stream, and so come here again: the outer call goes on with what was added.
        if (sending) {
            return;
        }
        sending = true;
        try {
            while (!turns.isEmpty() && output.isWritable()) {
                sendOnePiece(turns.remove());
            }
        } finally {
            sending = false;
        }
    }

    private void sendOnePiece(LogicalStream stream) {
        stream.waitsForTurn = false;
        if (stream.canSend()) {
            stream.sendPiece();
            if (stream.canSend()) {
                stream.waitsForTurn = true;
                turns.addLast(stream);
            }
            stream.noticeWritability();
        }
    }

    /** A copy, since what is done to a stream may end others. */
    private List<LogicalStream> all() {
        return Stream.concat(inbound.values().stream(), outbound.values().stream()).toList();
    }

    private Map<Long, LogicalStream> ofDirection(Direction direction) {
        return switch (direction) {
            case INBOUND -> inbound;
            case OUTBOUND -> outbound;
        };
    }
}
