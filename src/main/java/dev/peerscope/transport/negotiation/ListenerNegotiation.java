package dev.peerscope.transport.negotiation;

import java.util.Set;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.transport.varint.VarintWriter;

/**
 * The side that answers proposals. It never refuses for good: the other side may propose again, a bounded number of
 * times, or give up.
 *
 * <pre>
 * AWAIT_HEADER --header, which is answered--&gt; AWAIT_PROPOSAL --one that we speak--&gt; agreed
 *                                               | ^
 *                                               +-+  another: na;  ls: the list
 * </pre>
 */
public final class ListenerNegotiation implements Negotiation {

    private static final int PROPOSALS_MAX = 64;

    private final Set<String> spoken;
    private final int lineMax;
    private boolean headerSeen;
    private int answered;

    /**
     * Agrees to any of these.
     *
     * @param lineMax
     *            bytes of the longest line that is read
     */
    public ListenerNegotiation(Set<String> spoken, int lineMax) {
        this.spoken = spoken;
        this.lineMax = lineMax;
    }

    @Override
    public void open(ByteBuf out) {
        // The header goes out with the first answer: until then it is not known that the other side speaks at all.
    }

    @Override
    public Outcome received(ByteBuf in, ByteBuf out) throws NegotiationViolation {
        for (var line = next(in); line != null; line = next(in)) {
            if (!headerSeen) {
                headerSeen = true;
                Line.write(out, Line.HEADER);
            } else if (spoken.contains(line)) {
                Line.write(out, line);
                return new Outcome.Agreed(line);
            } else if (++answered == PROPOSALS_MAX) {
                throw new NegotiationViolation("none of " + PROPOSALS_MAX + " proposals was a protocol of ours");
            } else if (line.equals(Line.LIST)) {
                writeList(out);
            } else {
                Line.write(out, Line.NOT_AVAILABLE);
            }
        }
        return new Outcome.Pending();
    }

    private @Nullable String next(ByteBuf in) throws NegotiationViolation {
        return headerSeen ? Line.read(in, lineMax) : Line.readHeader(in);
    }

    /** One line whose text is the lines of all protocols. */
    private void writeList(ByteBuf out) {
        var lines = out.alloc().buffer();
        try {
            spoken.stream().sorted().forEach(protocol -> Line.write(lines, protocol));
            VarintWriter.write(out, lines.readableBytes() + 1);
            out.writeBytes(lines).writeByte('\n');
        } finally {
            lines.release();
        }
    }
}
