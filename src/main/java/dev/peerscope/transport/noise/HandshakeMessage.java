package dev.peerscope.transport.noise;

import java.util.Arrays;

import dev.peerscope.transport.RefusalKind;

/** Takes the parts of a handshake message one after the other. */
final class HandshakeMessage {

    private final byte[] bytes;
    private int position;

    HandshakeMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] take(int length, String what) throws HandshakeFailed {
        if (bytes.length - position < length) {
            throw new HandshakeFailed(RefusalKind.PROTOCOL_VIOLATION,
                    "the handshake message of " + bytes.length + " bytes ends inside the " + what);
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    byte[] rest() {
        return Arrays.copyOfRange(bytes, position, bytes.length);
    }

    static byte[] of(byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        byte[] message = new byte[length];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, message, at, part.length);
            at += part.length;
        }
        return message;
    }
}
