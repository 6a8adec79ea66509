package dev.peerscope.transport.negotiation;

import java.util.Iterator;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The side that proposes protocols, in the order of its preference.
 *
 * <p>The header and the first proposal leave together, without waiting for the header of the other side.
 *
 * <pre>
 * AWAIT_HEADER --header--&gt; AWAIT_ANSWER --the proposal--&gt; agreed
 *                              | ^  --na, none left--&gt; refused
 *                              +-+  na, another is proposed
 * </pre>
 */
public final class DiallerNegotiation implements Negotiation {

    private final Iterator<String> proposals;
    private final int lineMax;
    private boolean headerSeen;
    private String proposed;

    /**
     * Proposes these, of which there is at least one.
     *
     * @param lineMax
     *            bytes of the longest line that is read
     */
    public DiallerNegotiation(List<String> protocols, int lineMax) {
        this.proposals = List.copyOf(protocols).iterator();
        this.proposed = proposals.next();
        this.lineMax = lineMax;
    }

    @Override
    public void open(ByteBuf out) {
        Line.write(out, Line.HEADER);
        Line.write(out, proposed);
    }

    @Override
    public Outcome received(ByteBuf in, ByteBuf out) throws NegotiationViolation {
        for (var line = next(in); line != null; line = next(in)) {
            if (!headerSeen) {
                headerSeen = true;
            } else if (line.equals(proposed)) {
                return new Outcome.Agreed(proposed);
            } else if (!line.equals(Line.NOT_AVAILABLE)) {
                throw new NegotiationViolation("the answer to a proposal is neither the proposal nor na");
            } else if (!proposals.hasNext()) {
                return new Outcome.Refused();
            } else {
                proposed = proposals.next();
                Line.write(out, proposed);
            }
        }
        return new Outcome.Pending();
    }

    private @Nullable String next(ByteBuf in) throws NegotiationViolation {
        return headerSeen ? Line.read(in, lineMax) : Line.readHeader(in);
    }
}
