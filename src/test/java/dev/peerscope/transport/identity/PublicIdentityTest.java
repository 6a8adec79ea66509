package dev.peerscope.transport.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.peer.SignedPeerRecord;
import dev.peerscope.vectors.GoldenVectors;

/** Key vectors of libp2p's specification, and the signature of a real node. */
class PublicIdentityTest {

    private static final String VECTORS = "/vectors/keys/peer-ids.csv";
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = VECTORS, numLinesToSkip = 1, maxCharsPerColumn = 8192)
    void theKeysOfTheSpecificationVerifyAndNoFlippedBitDoes(String type, String publicKey, String privateKey)
            throws Exception {
        var identity = PublicIdentity.decode(bytes(publicKey));
        byte[] signature = sign(type, bytes(privateKey));

        assertThat(identity.type().text()).isEqualTo(type);
        assertThat(identity.verifies(MESSAGE, signature)).isTrue();
        for (int bit = 0; bit < signature.length * 8; bit++) {
            assertThat(identity.verifies(MESSAGE, flipped(signature, bit))).as("signature bit %s", bit).isFalse();
        }
        for (int bit = 0; bit < MESSAGE.length * 8; bit++) {
            assertThat(identity.verifies(flipped(MESSAGE, bit), signature)).as("message bit %s", bit).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = VECTORS, numLinesToSkip = 1, maxCharsPerColumn = 8192)
    void aKeyWithOneBitFlippedIsNoKeyOrAnother(String type, String publicKey, String privateKey) throws Exception {
        var identity = PublicIdentity.decode(bytes(publicKey));
        byte[] signature = sign(type, bytes(privateKey));
        for (int bit = 0; bit < publicKey.length() * 4; bit++) {
            PublicIdentity other;
            try {
                other = PublicIdentity.decode(flipped(bytes(publicKey), bit));
            } catch (InvalidKey e) {
                continue;
            }
            assertThat(other.peerId()).as("bit %s", bit).isNotEqualTo(identity.peerId());
            assertThat(other.verifies(MESSAGE, signature)).as("bit %s", bit).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = VECTORS, numLinesToSkip = 1, maxCharsPerColumn = 8192)
    void thePrivateKeysThatWeSignWithLeadToThePublicOnes(String type, String publicKey, String privateKey)
            throws Exception {
        if (type.equals("rsa") || type.equals("ecdsa")) {
            assertThatThrownBy(() -> IdentityKey.decode(bytes(privateKey))).isInstanceOf(InvalidKey.class)
                    .hasMessageContaining("secp256k1 or Ed25519");
            return;
        }
        var key = IdentityKey.decode(bytes(privateKey));

        assertThat(HexFormat.of().formatHex(key.publicKeyProtobuf())).isEqualTo(publicKey);
        assertThat(key.privateKeyProtobuf()).isEqualTo(bytes(privateKey));
        assertThat(key.toString()).doesNotContain(privateKey.substring(8, 24));
    }

    @Test
    void theRecordOfARealCodexNodeVerifies() throws Exception {
        var record = SignedPeerRecord.decode(recordedByCodex());
        var identity = PublicIdentity.decode(record.publicKey());

        assertThat(identity.verifies(record.signedBytes(), record.signature())).isTrue();
        assertThat(identity.verifies(flipped(record.signedBytes(), 100), record.signature())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'', lacks field", "08, broken", "0802, lacks field", "08021201, broken", "0802120102, bytes",
            "080412020102, not known", "0801122000, broken", "1201020802, lacks field"})
    void malformedKeysAreRefusedByName(String hex, String reason) {
        assertThatThrownBy(() -> PublicIdentity.decode(bytes(hex))).isInstanceOf(InvalidKey.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aSecondEncodingOfAKeyIsRefused() {
        var valid = "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99";

        assertThatThrownBy(() -> PublicIdentity.decode(bytes("0882001221" + valid.substring(8))))
                .hasMessageContaining("one valid encoding");
        assertThatThrownBy(() -> PublicIdentity.decode(bytes(valid + "1800")))
                .hasMessageContaining("one valid encoding");
    }

    @ParameterizedTest
    @CsvSource({"1024, 2048 to 8192", "12288, 2048 to 8192", "16384, longer than"})
    void rsaKeysThatAreTooWeakOrTooCostlyAreRefused(int bits, String reason) throws Exception {
        byte[] modulus = new byte[bits / 8];
        Arrays.fill(modulus, (byte) 0xff);
        var spec = new RSAPublicKeySpec(new BigInteger(1, modulus), BigInteger.valueOf(65_537));
        byte[] info = KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded();

        assertThatThrownBy(() -> PublicIdentity.decode(new KeyMessage(KeyType.RSA, info).encode()))
                .isInstanceOf(InvalidKey.class).hasMessageContaining(reason);
    }

    @Test
    void anEcdsaKeyOnAnotherCurveIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        byte[] info = generator.generateKeyPair().getPublic().getEncoded();

        assertThatThrownBy(() -> PublicIdentity.decode(new KeyMessage(KeyType.ECDSA, info).encode()))
                .hasMessageContaining("P-256");
    }

    private static byte[] sign(String type, byte[] privateKey) throws Exception {
        return switch (type) {
            case "ecdsa" -> jdk("SHA256withECDSA", "EC",
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                    privateKey);
            case "rsa" -> jdk("SHA256withRSA", "RSA",
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), privateKey);
            default -> IdentityKey.decode(privateKey).sign(MESSAGE);
        };
    }

    private static byte[] jdk(String algorithm, String keys, AlgorithmIdentifier id, byte[] privateKey)
            throws Exception {
        byte[] data = KeyMessage.decode(privateKey).data();
        byte[] pkcs8 = new PrivateKeyInfo(id, ASN1Primitive.fromByteArray(data)).getEncoded();
        var signer = Signature.getInstance(algorithm);
        signer.initSign(KeyFactory.getInstance(keys).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        signer.update(MESSAGE);
        return signer.sign();
    }

    private static byte[] recordedByCodex() {
        var chunks = GoldenVectors.json("transcripts/1-nim-serves-js-dials.json").get("chunks");
        String identify = chunks.get(16).get("hex").asString();
        return bytes(identify.substring(identify.indexOf("42b001") + 6));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return changed;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
