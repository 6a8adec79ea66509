package dev.peerscope.transport.noise;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.peerscope.transport.RefusalKind;

/**
 * What libp2p says within the handshake: {@code 1 identity key, 2 signature, 4 extensions {2 stream muxer*}}.
 *
 * @param muxers
 *            those offered for early negotiation; none when the extension is absent
 */
record NoisePayload(byte[] identityKey, byte[] signature, List<String> muxers) {

    private static final int IDENTITY_KEY = 1;
    private static final int SIGNATURE = 2;
    private static final int EXTENSIONS = 4;
    private static final int STREAM_MUXERS = 2;
    private static final int MUXERS_MAX = 32;

    NoisePayload {
        muxers = List.copyOf(muxers);
    }

    static NoisePayload decode(byte[] bytes) throws HandshakeFailed {
        byte[] identityKey = {};
        byte[] signature = {};
        List<String> muxers = List.of();
        try {
            var in = CodedInputStream.newInstance(bytes);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case IDENTITY_KEY << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> identityKey = in.readByteArray();
                    case SIGNATURE << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> signature = in.readByteArray();
                    case EXTENSIONS << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> muxers = muxers(in.readByteArray());
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new HandshakeFailed(RefusalKind.PROTOCOL_VIOLATION,
                    "the handshake payload is broken: " + e.getMessage());
        }
        return new NoisePayload(identityKey, signature, muxers);
    }

    byte[] encode() {
        return message(out -> {
            out.writeByteArray(IDENTITY_KEY, identityKey);
            out.writeByteArray(SIGNATURE, signature);
            if (!muxers.isEmpty()) {
                out.writeByteArray(EXTENSIONS, message(extensions -> {
                    for (var muxer : muxers) {
                        extensions.writeString(STREAM_MUXERS, muxer);
                    }
                }));
            }
        });
    }

    private static List<String> muxers(byte[] extensions) throws IOException, HandshakeFailed {
        var muxers = new ArrayList<String>();
        var in = CodedInputStream.newInstance(extensions);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == (STREAM_MUXERS << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                muxers.add(in.readString());
            } else {
                in.skipField(tag);
            }
        }
        if (muxers.size() > MUXERS_MAX) {
            throw new HandshakeFailed(RefusalKind.PROTOCOL_VIOLATION,
                    "the handshake offers more than " + MUXERS_MAX + " muxers");
        }
        return muxers;
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
