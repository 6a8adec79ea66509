package dev.peerscope.transport.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Identify's one message, each field of which may be missing: {@code 1 public key, 2 listen address*, 3 protocol*,
 * 4 observed address, 5 protocol version, 6 agent version, 8 signed peer record}.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>
 */
record IdentifyMessage(Optional<ByteString> publicKey, List<ByteString> listenAddresses, List<String> protocols,
        Optional<ByteString> observedAddress, Optional<String> protocolVersion, Optional<String> agentVersion,
        Optional<ByteString> signedPeerRecord) {

    static final IdentifyMessage EMPTY = new IdentifyMessage(Optional.empty(), List.of(), List.of(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty());

    private static final int PUBLIC_KEY = 1;
    private static final int LISTEN_ADDRESS = 2;
    private static final int PROTOCOL = 3;
    private static final int OBSERVED_ADDRESS = 4;
    private static final int PROTOCOL_VERSION = 5;
    private static final int AGENT_VERSION = 6;
    private static final int SIGNED_PEER_RECORD = 8;

    static final int TEXT_MAX = 256;
    private static final int LISTEN_ADDRESSES_MAX = 100;
    private static final int PROTOCOLS_MAX = 100;
    /** Of all protocols together: they are remembered of each peer, also after it has left. */
    private static final int PROTOCOLS_LENGTH_MAX = 8 << 10;

    IdentifyMessage {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }

    static IdentifyMessage decode(byte[] bytes) throws UnusableIdentify {
        try {
            return new Decoder().decode(CodedInputStream.newInstance(bytes));
        } catch (IOException e) {
            throw UnusableIdentify.broken("it is not a message: " + e.getMessage());
        }
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = CodedOutputStream.newInstance(bytes);
            writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** This message with what a later one on the same stream adds; of single fields the later one holds. */
    IdentifyMessage with(IdentifyMessage later) throws UnusableIdentify {
        var sum = new IdentifyMessage(later.publicKey.or(() -> publicKey),
                concat(listenAddresses, later.listenAddresses), concat(protocols, later.protocols),
                later.observedAddress.or(() -> observedAddress), later.protocolVersion.or(() -> protocolVersion),
                later.agentVersion.or(() -> agentVersion), later.signedPeerRecord.or(() -> signedPeerRecord));
        checkCount(sum.listenAddresses, LISTEN_ADDRESSES_MAX, "addresses");
        checkProtocols(sum.protocols);
        return sum;
    }

    private void writeTo(CodedOutputStream out) throws IOException {
        // Codex writes them in the order of their numbers.
        write(out, PUBLIC_KEY, publicKey.orElse(null));
        for (var address : listenAddresses) {
            out.writeBytes(LISTEN_ADDRESS, address);
        }
        for (var protocol : protocols) {
            out.writeString(PROTOCOL, protocol);
        }
        write(out, OBSERVED_ADDRESS, observedAddress.orElse(null));
        write(out, PROTOCOL_VERSION, protocolVersion.map(ByteString::copyFromUtf8).orElse(null));
        write(out, AGENT_VERSION, agentVersion.map(ByteString::copyFromUtf8).orElse(null));
        write(out, SIGNED_PEER_RECORD, signedPeerRecord.orElse(null));
    }

    private static void write(CodedOutputStream out, int field, @Nullable ByteString value) throws IOException {
        if (value != null) {
            out.writeBytes(field, value);
        }
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    private static void checkProtocols(List<String> protocols) throws UnusableIdentify {
        checkCount(protocols, PROTOCOLS_MAX, "protocols");
        if (protocols.stream().mapToInt(String::length).sum() > PROTOCOLS_LENGTH_MAX) {
            throw UnusableIdentify.tooLarge("its protocols have more than " + PROTOCOLS_LENGTH_MAX + " characters");
        }
    }

    private static void checkCount(List<?> values, int countMax, String what) throws UnusableIdentify {
        if (values.size() > countMax) {
            throw UnusableIdentify.tooLarge("it has more than " + countMax + " " + what);
        }
    }

    /** The fields as they come; a single one that comes twice holds as it came last. */
    private static final class Decoder {
        private final List<ByteString> listenAddresses = new ArrayList<>();
        private final List<String> protocols = new ArrayList<>();
        private Optional<ByteString> publicKey = Optional.empty();
        private Optional<ByteString> observedAddress = Optional.empty();
        private Optional<String> protocolVersion = Optional.empty();
        private Optional<String> agentVersion = Optional.empty();
        private Optional<ByteString> signedPeerRecord = Optional.empty();

        private IdentifyMessage decode(CodedInputStream in) throws IOException, UnusableIdentify {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    take(WireFormat.getTagFieldNumber(tag), in.readBytes());
                } else {
                    in.skipField(tag);
                }
            }
            return new IdentifyMessage(publicKey, listenAddresses, protocols, observedAddress, protocolVersion,
                    agentVersion, signedPeerRecord);
        }

        private void take(int field, ByteString value) throws UnusableIdentify {
            switch (field) {
                case PUBLIC_KEY -> publicKey = Optional.of(value);
                case LISTEN_ADDRESS -> {
                    listenAddresses.add(value);
                    checkCount(listenAddresses, LISTEN_ADDRESSES_MAX, "addresses");
                }
                case PROTOCOL -> {
                    protocols.add(text(value, "a protocol"));
                    checkProtocols(protocols);
                }
                case OBSERVED_ADDRESS -> observedAddress = Optional.of(value);
                case PROTOCOL_VERSION -> protocolVersion = Optional.of(text(value, "the protocol version"));
                case AGENT_VERSION -> agentVersion = Optional.of(text(value, "the agent version"));
                case SIGNED_PEER_RECORD -> signedPeerRecord = Optional.of(value);
                default -> {
                    // A field that a later version of the protocol has.
                }
            }
        }

        private static String text(ByteString value, String what) throws UnusableIdentify {
            if (value.size() > TEXT_MAX) {
                throw UnusableIdentify.tooLarge(what + " has " + value.size() + " bytes, more than " + TEXT_MAX);
            }
            if (!value.isValidUtf8()) {
                throw UnusableIdentify.broken(what + " is not UTF-8");
            }
            return value.toStringUtf8();
        }
    }
}
