package dev.peerscope.transport.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.InvalidKey;
import dev.peerscope.vectors.GoldenVectors;

/** Recorded handshakes of js-libp2p and nim-libp2p, recomputed from the keys that are known. */
class NoiseVectorTest {

    private static final List<String> MPLEX = List.of("/mplex/6.7.0");
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false);

    @Test
    void bothSidesOfARecordedHandshakeSayTheSameBytes() throws Exception {
        var recorded = GoldenVectors.json("transcripts/noise-js-js.json");
        var initiator = initiator(recorded.get("initiator"), MPLEX);
        var responder = responder(recorded.get("responder"), MPLEX);

        byte[] first = initiator.open().orElseThrow();
        byte[] second = ((HandshakeProgress.Answer) responder.received(first)).message();
        var dialled = (HandshakeProgress.Established) initiator.received(second);
        var accepted = (HandshakeProgress.Established) responder.received(dialled.message().orElseThrow());

        assertThat(List.of(hex(first), hex(second), hex(dialled.message().orElseThrow())))
                .containsExactly(message(recorded, 0), message(recorded, 1), message(recorded, 2));
        assertThat(dialled.session().muxer()).contains("/mplex/6.7.0").isEqualTo(accepted.session().muxer());
        assertThat(accepted.session().remote().peerId()).isEqualTo(identity(recorded.get("initiator")).peerId());
        assertFrames(recorded, "initiator", dialled.session().transport(), accepted.session().transport());
        assertFrames(recorded, "responder", accepted.session().transport(), dialled.session().transport());
    }

    @Test
    void aCodexNodeThatAnswersIsUnderstood() throws Exception {
        var recorded = GoldenVectors.json("transcripts/noise-js-initiator.json");
        var initiator = initiator(recorded.get("js"), List.of());

        byte[] first = initiator.open().orElseThrow();
        var established = (HandshakeProgress.Established) initiator.received(bytes(message(recorded, 1)));

        assertThat(hex(first)).isEqualTo(message(recorded, 0));
        assertThat(established.session().remote().peerId()).isEqualTo(codexNode(recorded));
        assertThat(established.session().muxer()).isEmpty();
        assertFramesOpen(recorded, "nim", established.session().transport());
        assertFramesSealed(recorded, "js", established.session().transport());
    }

    @Test
    void aCodexNodeThatDialsIsUnderstood() throws Exception {
        var recorded = GoldenVectors.json("transcripts/noise-nim-initiator.json");
        var responder = responder(recorded.get("js"), MPLEX);

        var answer = (HandshakeProgress.Answer) responder.received(bytes(message(recorded, 0)));
        var established = (HandshakeProgress.Established) responder.received(bytes(message(recorded, 2)));

        assertThat(hex(answer.message())).isEqualTo(message(recorded, 1));
        assertThat(established.session().remote().peerId()).isEqualTo(codexNode(recorded));
        // We offered a muxer and the remote did not: it is agreed on afterwards.
        assertThat(established.session().muxer()).isEmpty();
        assertFramesOpen(recorded, "nim", established.session().transport());
        assertFramesSealed(recorded, "js", established.session().transport());
    }

    private static void assertFrames(JsonNode recorded, String from, SecureTransport sender, SecureTransport receiver)
            throws Exception {
        assertFramesSealed(recorded, from, sender);
        assertFramesOpen(recorded, from, receiver);
    }

    private static void assertFramesSealed(JsonNode recorded, String from, SecureTransport sender) {
        for (var frame : recorded.get("transport")) {
            if (frame.get("from").asString().equals(from)) {
                ByteBuf plain = ALLOCATOR.buffer().writeBytes(bytes(frame.get("plain").asString()));
                ByteBuf sealed = sender.encrypt(plain, ALLOCATOR);
                assertThat(hex(take(sealed))).isEqualTo(frame.get("raw").asString());
                plain.release();
            }
        }
    }

    private static void assertFramesOpen(JsonNode recorded, String from, SecureTransport receiver) throws Exception {
        for (var frame : recorded.get("transport")) {
            if (frame.get("from").asString().equals(from)) {
                ByteBuf raw = ALLOCATOR.buffer().writeBytes(bytes(frame.get("raw").asString()));
                ByteBuf opened = receiver.decrypt(NoiseFrames.next(raw), ALLOCATOR);
                assertThat(hex(take(opened))).isEqualTo(frame.get("plain").asString());
                raw.release();
            }
        }
    }

    private static byte[] take(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        return bytes;
    }

    private static InitiatorHandshake initiator(JsonNode keys, List<String> muxers) throws InvalidKey {
        return new InitiatorHandshake(identity(keys), muxers, remote -> Optional.empty(),
                key(keys, "noiseStaticPrivate"), key(keys, "noiseEphemeralPrivate"));
    }

    private static ResponderHandshake responder(JsonNode keys, List<String> muxers) throws InvalidKey {
        return new ResponderHandshake(identity(keys), muxers, remote -> Optional.empty(),
                key(keys, "noiseStaticPrivate"), key(keys, "noiseEphemeralPrivate"));
    }

    private static IdentityKey identity(JsonNode keys) throws InvalidKey {
        return IdentityKey.decode(bytes("08021220" + keys.get("identityKeySecp256k1").asString()));
    }

    private static PeerId codexNode(JsonNode recorded) throws InvalidKey {
        return IdentityKey.decode(bytes(recorded.get("nim").get("identityKeyProtobuf").asString())).peerId();
    }

    private static X25519KeyPair key(JsonNode keys, String name) {
        var pair = X25519KeyPair.of(bytes(keys.get(name).asString()));
        assertThat(hex(pair.publicKey())).isEqualTo(keys.get(name.replace("Private", "Public")).asString());
        return pair;
    }

    private static String message(JsonNode recorded, int index) {
        return recorded.get("messages").get(index).get("hexWithLengthPrefix").asString().substring(4);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
