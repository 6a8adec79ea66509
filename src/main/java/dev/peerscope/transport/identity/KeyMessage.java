package dev.peerscope.transport.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;

/** libp2p's {@code PublicKey} and {@code PrivateKey} messages, which look the same: {@code 1 type, 2 data}. */
record KeyMessage(KeyType type, byte[] data) {

    private static final int TYPE = 1;
    private static final int DATA = 2;

    /**
     * Reads the one encoding that the specification allows: both fields, in order, nothing else. A second encoding of the
     * same key would be a second peer id for it.
     */
    static KeyMessage decode(byte[] bytes) throws InvalidKey {
        KeyMessage message;
        try {
            var in = CodedInputStream.newInstance(bytes);
            expect(in, WireFormat.WIRETYPE_VARINT, TYPE);
            var type = KeyType.byNumber(in.readRawVarint64());
            expect(in, WireFormat.WIRETYPE_LENGTH_DELIMITED, DATA);
            message = new KeyMessage(type, in.readByteArray());
        } catch (IOException e) {
            throw new InvalidKey("the key message is broken: " + e.getMessage());
        }
        if (!Arrays.equals(message.encode(), bytes)) {
            throw new InvalidKey("the key message is not in its one valid encoding");
        }
        return message;
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream(data.length + 8);
        try {
            var out = CodedOutputStream.newInstance(bytes);
            out.writeEnum(TYPE, type.number());
            out.writeByteArray(DATA, data);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void expect(CodedInputStream in, int wireType, int field) throws IOException, InvalidKey {
        int tag = in.readTag();
        if (tag != (field << 3 | wireType)) {
            throw new InvalidKey("the key message lacks field " + field + " at its place");
        }
    }
}
