package dev.peerscope.peer;

/** Walks the fields of one protobuf message; a broken one throws {@link IllegalArgumentException}. */
final class ProtobufFields {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int COUNTED = 2;
    private static final int FIXED_32 = 5;

    private final ByteReader reader;
    private int number;
    private int wireType;

    ProtobufFields(byte[] message) {
        this.reader = new ByteReader(message);
    }

    /** Moves to the next field; its value must then be read or skipped. */
    boolean next() {
        if (!reader.hasMore()) {
            return false;
        }
        long tag = reader.varint();
        number = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        if (number == 0 || tag >>> 3 != number) {
            throw new IllegalArgumentException("a field has number " + (tag >>> 3));
        }
        return true;
    }

    int number() {
        return number;
    }

    byte[] bytes() {
        expect(COUNTED);
        return reader.counted("field " + number);
    }

    long varint() {
        expect(VARINT);
        return reader.varint();
    }

    void skip() {
        switch (wireType) {
            case VARINT -> reader.varint();
            case FIXED_64 -> reader.take(8, "a fixed field");
            case COUNTED -> reader.counted("field " + number);
            case FIXED_32 -> reader.take(4, "a fixed field");
            default -> throw new IllegalArgumentException("field " + number + " has wire type " + wireType);
        }
    }

    private void expect(int type) {
        if (wireType != type) {
            throw new IllegalArgumentException("field " + number + " has wire type " + wireType + ", not " + type);
        }
    }
}
