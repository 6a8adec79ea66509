package dev.peerscope.transport.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.transport.RefusalKind;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

class NoiseHandshakeTest {

    private static final NoiseHandshake.RemoteCheck ANYONE = remote -> Optional.empty();

    private final IdentityKey alice = IdentityKey.generate(KeyType.ED25519);
    private final IdentityKey bob = IdentityKey.generate(KeyType.SECP256K1);

    /** Lists are in order of preference; what the initiator prefers of what both speak is taken. */
    @ParameterizedTest
    @CsvSource({"y m, y m, y", "m y, y m, m", "y m, m, m", "m, m, m", "'', y m, ", "y m, '', ", "'', '', "})
    void aMuxerIsAgreedOnWhenBothOfferOne(String initiators, String responders, String agreed) throws Exception {
        var initiator = NoiseHandshake.initiator(alice, list(initiators), ANYONE);
        var responder = NoiseHandshake.responder(bob, list(responders), ANYONE);

        byte[] second = answer(responder, initiator.open().orElseThrow());
        var dialled = (HandshakeProgress.Established) initiator.received(second);
        var accepted = (HandshakeProgress.Established) responder.received(dialled.message().orElseThrow());

        assertThat(dialled.session().muxer()).isEqualTo(Optional.ofNullable(agreed));
        assertThat(accepted.session().muxer()).isEqualTo(Optional.ofNullable(agreed));
        assertThat(dialled.session().remote().peerId()).isEqualTo(bob.peerId());
        assertThat(accepted.session().remote().peerId()).isEqualTo(alice.peerId());
    }

    @Test
    void withoutACommonMuxerAHandshakeThatOffersThemFails() throws Exception {
        var initiator = NoiseHandshake.initiator(alice, List.of("y"), ANYONE);
        byte[] second = answer(NoiseHandshake.responder(bob, List.of("m"), ANYONE), initiator.open().orElseThrow());

        assertThatThrownBy(() -> initiator.received(second)).isInstanceOfSatisfying(HandshakeFailed.class,
                failed -> assertThat(failed.kind()).isEqualTo(RefusalKind.NO_COMMON_PROTOCOL));
    }

    @Test
    void aRemoteThatIsNotWelcomeHearsNothingMore() throws Exception {
        var refusal = new NoiseHandshake.Refusal(RefusalKind.WRONG_PEER, "somebody else was expected");
        var initiator = NoiseHandshake.initiator(alice, List.of(), remote -> Optional.of(refusal));
        byte[] second = answer(NoiseHandshake.responder(bob, List.of(), ANYONE), initiator.open().orElseThrow());

        assertThatThrownBy(() -> initiator.received(second)).hasMessage("somebody else was expected");
    }

    @Test
    void aSignatureOverAnotherStaticKeyIsRefused() {
        var handshake = NoiseHandshake.initiator(alice, List.of(), ANYONE);
        byte[] prefix = "noise-libp2p-static-key:".getBytes(StandardCharsets.UTF_8);
        byte[] staticKey = X25519KeyPair.generate().publicKey();
        byte[] signature = bob.sign(HandshakeMessage.of(prefix, staticKey));
        byte[] payload = new NoisePayload(bob.publicKeyProtobuf(), signature, List.of()).encode();

        // Nothing is encrypted yet in a handshake that has not begun.
        assertThatThrownBy(() -> handshake.readIdentity(payload, X25519KeyPair.generate().publicKey()))
                .isInstanceOfSatisfying(HandshakeFailed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(RefusalKind.IDENTITY_INVALID))
                .hasMessageContaining("does not hold");
    }

    @Test
    void aPayloadWithoutAKeyIsRefused() {
        var handshake = NoiseHandshake.initiator(alice, List.of(), ANYONE);

        assertThatThrownBy(() -> handshake.readIdentity(new byte[0], new byte[32]))
                .hasMessageContaining("identity key");
        assertThatThrownBy(() -> handshake.readIdentity(new byte[]{10, 5, 0}, new byte[32]))
                .hasMessageContaining("payload is broken");
    }

    @Test
    void noFlippedBitOfTheAnswerPasses() throws Exception {
        int length = 1;
        for (int bit = 0; bit < length * 8; bit += 5) {
            var initiator = NoiseHandshake.initiator(alice, List.of(), ANYONE);
            byte[] second = answer(NoiseHandshake.responder(bob, List.of(), ANYONE), initiator.open().orElseThrow());
            length = second.length;
            // A signature is a byte or two longer or shorter each time, and so is the message.
            int flipped = Math.min(bit, length * 8 - 1);
            second[flipped / 8] ^= (byte) (1 << flipped % 8);

            // The highest bit of a public key is ignored by X25519, but it is part of what is hashed.
            assertThatThrownBy(() -> initiator.received(second)).as("bit %s", bit).isInstanceOf(HandshakeFailed.class);
        }
    }

    @Test
    void messagesCutShortAreRefusedWhereverTheyAreCut() throws Exception {
        int length = 1;
        for (int cut = 0; cut < length; cut += 7) {
            var initiator = NoiseHandshake.initiator(alice, List.of(), ANYONE);
            var responder = NoiseHandshake.responder(bob, List.of(), ANYONE);
            byte[] second = answer(responder, initiator.open().orElseThrow());
            length = second.length;
            byte[] shorter = Arrays.copyOf(second, Math.min(cut, length - 1));

            assertThatThrownBy(() -> initiator.received(shorter)).as("%s bytes", cut)
                    .isInstanceOf(HandshakeFailed.class);
            assertThatThrownBy(() -> responder.received(shorter)).as("%s bytes", cut)
                    .isInstanceOf(HandshakeFailed.class);
        }
        assertThatThrownBy(() -> NoiseHandshake.responder(bob, List.of(), ANYONE).received(new byte[31]))
                .isInstanceOf(HandshakeFailed.class).hasMessageContaining("ephemeral key");
    }

    @Test
    void aKeyOfSmallOrderIsRefused() {
        assertThatThrownBy(() -> NoiseHandshake.responder(bob, List.of(), ANYONE).received(new byte[32]))
                .isInstanceOf(HandshakeFailed.class).hasMessageContaining("small order");
    }

    private static byte[] answer(NoiseHandshake responder, byte[] first) throws HandshakeFailed {
        return ((HandshakeProgress.Answer) responder.received(first)).message();
    }

    private static List<String> list(String names) {
        return names.isEmpty() ? List.of() : List.of(names.split(" "));
    }
}
