package dev.peerscope.transport.negotiation;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.transport.varint.MalformedVarint;
import dev.peerscope.transport.varint.VarintReader;
import dev.peerscope.transport.varint.VarintWriter;

/** Lines of multistream-select: a length as a varint, the text, and a newline that the length includes. */
final class Line {

    static final String HEADER = "/multistream/1.0.0";
    static final String NOT_AVAILABLE = "na";
    static final String LIST = "ls";

    /** Enough for two million bytes, and more than any line has. */
    private static final int LENGTH_BYTES_MAX = 3;

    private Line() {}

    static void write(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        VarintWriter.write(out, bytes.length + 1);
        out.writeBytes(bytes).writeByte('\n');
    }

    /**
     * Reads one line, or returns null and leaves the buffer as it is when the line is not complete. A line that is too
     * long is refused as soon as its length is there.
     */
    static @Nullable String read(ByteBuf in, int lengthMax) throws NegotiationViolation {
        int start = in.readerIndex();
        int length = readLength(in, lengthMax);
        if (length < 0 || in.readableBytes() < length) {
            in.readerIndex(start);
            return null;
        }
        var text = in.readString(length - 1, StandardCharsets.UTF_8);
        if (in.readByte() != '\n') {
            throw new NegotiationViolation("a negotiation line does not end with a newline");
        }
        return text;
    }

    /** Reads the first line. Whoever speaks another protocol gives itself away by its first byte, and is not waited for. */
    static @Nullable String readHeader(ByteBuf in) throws NegotiationViolation {
        var line = read(in, HEADER.length() + 1);
        if (line != null && !line.equals(HEADER)) {
            throw new NegotiationViolation("the first line is not " + HEADER);
        }
        return line;
    }

    /** Returns -1 when the varint is not complete. */
    private static int readLength(ByteBuf in, int lengthMax) throws NegotiationViolation {
        var varint = new VarintReader();
        for (int bytes = 1; in.isReadable(); bytes++) {
            boolean ended = ends(varint, in.readByte());
            // What has come of it may be more than allowed already: whoever sends that is not waited for.
            if (varint.soFar() > lengthMax || !ended && bytes == LENGTH_BYTES_MAX) {
                throw new NegotiationViolation("a negotiation line is longer than " + lengthMax + " bytes");
            }
            if (ended && varint.soFar() == 0) {
                throw new NegotiationViolation("a negotiation line is empty");
            }
            if (ended) {
                return (int) varint.take();
            }
        }
        return -1;
    }

    private static boolean ends(VarintReader varint, byte next) throws NegotiationViolation {
        try {
            return varint.add(next);
        } catch (MalformedVarint malformed) {
            throw new NegotiationViolation("the length of a negotiation line " + malformed.reason());
        }
    }
}
