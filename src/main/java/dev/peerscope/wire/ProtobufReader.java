package dev.peerscope.wire;

import dev.peerscope.wire.ProtocolViolation.Rule;

/**
 * A walk over the fields of protobuf messages that lie in one array, without copying and without allocating.
 *
 * <p>As strict as the reader of nim-libp2p: wire types 0, 1, 2 and 5 only, varints in their shortest form, nothing cut
 * short. As lenient, too: any field may be absent, come twice, or be unknown, and a known one of another wire type is
 * unknown. Whoever walks switches over {@link #tag()} and hands what it does not know to {@link #skipUnknown()}.
 *
 * <p>Values that are bytes or messages come as {@linkplain Slice slices}, so a field that comes twice costs nothing before
 * its last value is known.
 */
public final class ProtobufReader {

    /** The tag of an unknown field whose number does not fit a tag; no constant of a walker equals it. */
    private static final int TAG_TOO_LARGE = 0;

    private static final byte[] NO_BYTES = {};

    private final int unknownFieldsMax;
    private byte[] bytes = NO_BYTES;
    private int at;
    private int end;
    private int tag;
    private int wireType;
    private int unknownFields;

    public ProtobufReader(int unknownFieldsMax) {
        this.unknownFieldsMax = unknownFieldsMax;
    }

    /** Starts a message of its own; slices of the one before are void. */
    public void open(byte[] array, int from, int to) {
        bytes = array;
        at = from;
        end = to;
        unknownFields = 0;
    }

    /** Lets go of the array. */
    public void close() {
        open(NO_BYTES, 0, 0);
    }

    /** The array that slices point into. */
    public byte[] array() {
        return bytes;
    }

    /** Where in the array the next byte is read. */
    public int position() {
        return at;
    }

    /** The fields of the message that were passed over, so far. */
    public int unknownFields() {
        return unknownFields;
    }

    /** Continues with the fields of a nested message. */
    public void enter(long slice) {
        at = Slice.from(slice);
        end = Slice.to(slice);
    }

    /** What has not been read of the message at hand; {@link #enter} it to go on after a nested one. */
    public long rest() {
        return Slice.of(at, end);
    }

    /**
     * Moves to the next field, whose value must then be read or skipped. False at the end of the message.
     *
     * @throws ProtocolViolation when there is a broken tag
     */
    public boolean next() {
        if (at == end) {
            return false;
        }
        long whole = varint();
        tag = whole >>> Integer.SIZE == 0 ? (int) whole : TAG_TOO_LARGE;
        wireType = (int) whole & 7;
        return true;
    }

    /** Number and wire type of the field, as they stand on the wire: {@code number << 3 | wireType}. */
    public int tag() {
        return tag;
    }

    /**
     * The value of a varint field, all 64 bits.
     *
     * @throws ProtocolViolation when it is cut short, takes more bytes than it needs, or more than 64 bits
     */
    public long varint() {
        if (at < end) {
            byte first = bytes[at];
            if (first >= 0) {
                at++;
                return first;
            }
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == end) {
                throw malformed("it ends inside a varint");
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                if (next == 0 && shift > 0) {
                    throw malformed("it has a varint that is longer than it need be");
                }
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw malformed("it has a varint of more than 64 bits");
    }

    /** The value of a varint field that is a flag: anything but 0 is true. */
    public boolean flag() {
        return varint() != 0;
    }

    /**
     * The value of a field that has a length: bytes or a nested message. See {@link Slice}.
     *
     * @throws ProtocolViolation when it is longer than what is left
     */
    public long slice() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed("it ends inside a field");
        }
        int from = at;
        at += (int) length;
        return Slice.of(from, at);
    }

    /**
     * Passes over the value of a field that the walker does not know.
     *
     * @throws ProtocolViolation when it is no value, or one unknown field too many
     */
    public void skipUnknown() {
        unknownFields++;
        if (unknownFields > unknownFieldsMax) {
            throw new ProtocolViolation(Rule.TOO_MANY_UNKNOWN_FIELDS,
                    "a message with more than " + unknownFieldsMax + " unknown fields");
        }
        switch (wireType) {
            case 0 -> varint();
            case 1 -> pass(Long.BYTES);
            case 2 -> slice();
            case 5 -> pass(Integer.BYTES);
            default -> throw malformed("it has a field of wire type " + wireType);
        }
    }

    private void pass(int count) {
        if (count > end - at) {
            throw malformed("it ends inside a fixed field");
        }
        at += count;
    }

    private static ProtocolViolation malformed(String what) {
        return new ProtocolViolation(Rule.MALFORMED, "the message is no protobuf: " + what);
    }
}
