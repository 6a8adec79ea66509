package dev.peerscope.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import tools.jackson.databind.JsonNode;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.noise.HandshakeProgress;
import dev.peerscope.transport.noise.NoiseHandshake;
import dev.peerscope.transport.noise.SecureTransport;
import dev.peerscope.vectors.GoldenVectors;

/**
 * Says what a real Codex node said in a recorded conversation, with that node's identity, over a plain blocking socket. It
 * waits for a stream of ours to be opened before it speaks on it, and cuts what it sends into odd pieces.
 */
final class RecordedCodexNode implements AutoCloseable {

    private static final byte[] NOISE_LINES = HexFormat.of()
            .parseHex("132f6d756c746973747265616d2f312e302e300a072f6e6f6973650a");

    private final UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
    private final Random random = new Random(7);
    private final JsonNode transcript;
    private final MplexTrace heard = new MplexTrace();
    final MplexTrace saying = new MplexTrace();
    final IdentityKey identity;
    private final ServerSocket listening;

    RecordedCodexNode(String name) throws Exception {
        this.transcript = GoldenVectors.json("transcripts/" + name + ".json");
        var key = transcript.get("parties").get("nim").get("identityKeyProtobuf").asString();
        this.identity = IdentityKey.decode(HexFormat.of().parseHex(key));
        this.listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        chunks().forEach(chunk -> saying.add(bytes(chunk)));
    }

    Multiaddr address() {
        return Multiaddr.ofTcp((InetSocketAddress) listening.getLocalSocketAddress());
    }

    boolean dialled() {
        return transcript.get("dialer").asString().equals("nim");
    }

    /** Whether the other side of the recording, whose place we take, opened a second stream, for block exchange. */
    boolean expectsOurStream() {
        return transcript.get("decoded").get("frames").valueStream()
                .anyMatch(frame -> frame.get("stream").asString().equals("js:1"));
    }

    void accept() throws Exception {
        try (var socket = listening.accept()) {
            speak(socket, NoiseHandshake.responder(identity, List.of(), remote -> Optional.empty()));
        }
    }

    void dial(Multiaddr target) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), target.tcpPort().orElseThrow())) {
            speak(socket, NoiseHandshake.initiator(identity, List.of(), remote -> Optional.empty()));
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void speak(Socket socket, NoiseHandshake handshake) throws Exception {
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        var in = new DataInputStream(socket.getInputStream());
        var out = new DataOutputStream(socket.getOutputStream());
        agreeOnNoise(in, out);
        var transport = secure(handshake, in, out);
        for (var chunk : chunks()) {
            while (!mayBeSaid(chunk)) {
                hear(transport, in);
            }
            say(bytes(chunk), transport, out);
        }
        // Closing with something unread would cut off what is still on its way.
        socket.shutdownOutput();
        in.readAllBytes();
    }

    static void agreeOnNoise(DataInputStream in, DataOutputStream out) throws IOException {
        out.write(NOISE_LINES);
        in.readNBytes(NOISE_LINES.length);
    }

    /** Says its part of the handshake, until the connection is secure. */
    static SecureTransport secure(NoiseHandshake handshake, DataInputStream in, DataOutputStream out)
            throws Exception {
        var opening = handshake.open();
        if (opening.isPresent()) {
            send(opening.get(), out);
        }
        while (true) {
            switch (handshake.received(in.readNBytes(in.readUnsignedShort()))) {
                case HandshakeProgress.Answer(var message) -> send(message, out);
                case HandshakeProgress.Established(var message, var session) -> {
                    if (message.isPresent()) {
                        send(message.get(), out);
                    }
                    return session.transport();
                }
            }
        }
    }

    private void hear(SecureTransport transport, DataInputStream in) throws Exception {
        ByteBuf plain = transport.decrypt(Unpooled.wrappedBuffer(in.readNBytes(in.readUnsignedShort())), allocator);
        heard.add(ByteBufUtil.getBytes(plain));
        plain.release();
    }

    private void say(byte[] plaintext, SecureTransport transport, DataOutputStream out) throws IOException {
        ByteBuf sealed = transport.encrypt(Unpooled.wrappedBuffer(plaintext), allocator);
        while (sealed.isReadable()) {
            int length = Math.min(sealed.readableBytes(),
                    1 + random.nextInt(sealed.readableBytes() > 1000 ? 20_000 : 30));
            sealed.readBytes(out, length);
            out.flush();
        }
        sealed.release();
    }

    /** Frames about a stream of ours make sense only once we have opened it. */
    private boolean mayBeSaid(JsonNode chunk) {
        for (var frame : transcript.get("decoded").get("frames")) {
            boolean about = frame.get("chunk").asString().equals(chunk.get("n").asString())
                    && frame.get("stream").asString().startsWith("js:");
            if (about && !heard.opened.contains(frame.get("id").asLong())) {
                return false;
            }
        }
        return true;
    }

    private List<JsonNode> chunks() {
        return transcript.get("chunks").valueStream().filter(chunk -> chunk.get("layer").asString().equals("noise"))
                .filter(chunk -> chunk.get("from").asString().equals("nim")).toList();
    }

    private static void send(byte[] message, DataOutputStream out) throws IOException {
        out.writeShort(message.length);
        out.write(message);
        out.flush();
    }

    private static byte[] bytes(JsonNode chunk) {
        return HexFormat.of().parseHex(chunk.get("hex").asString());
    }
}
