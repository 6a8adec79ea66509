package dev.peerscope.transport.negotiation;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Lines of multistream-select: a length as a varint, the text, and a newline that the length includes. */
final class Line {

    static final String HEADER = "/multistream/1.0.0";
    static final String NOT_AVAILABLE = "na";
    static final String LIST = "ls";

    private Line() {}

    static void write(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeLength(out, bytes.length + 1);
        out.writeBytes(bytes).writeByte('\n');
    }

    static void writeLength(ByteBuf out, int length) {
        int rest = length;
        while (rest > 0x7f) {
            out.writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
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
        int length = 0;
        for (int shift = 0; in.isReadable(); shift += 7) {
            byte next = in.readByte();
            length |= (next & 0x7f) << shift;
            if (length > lengthMax || shift > 14) {
                throw new NegotiationViolation("a negotiation line is longer than " + lengthMax + " bytes");
            }
            if (next >= 0) {
                if (length == 0) {
                    throw new NegotiationViolation("a negotiation line is empty");
                }
                return length;
            }
        }
        return -1;
    }
}
