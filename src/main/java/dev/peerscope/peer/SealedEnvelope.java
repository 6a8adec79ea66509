package dev.peerscope.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The parts of libp2p's signed envelope: {@code 1 public key, 2 payload type, 3 payload, 5 signature}. */
record SealedEnvelope(byte[] publicKey, byte[] payload, byte[] signature) {

    private static final int PUBLIC_KEY = 1;
    private static final int PAYLOAD_TYPE = 2;
    private static final int PAYLOAD = 3;
    private static final int SIGNATURE = 5;

    /** The multicodec libp2p-peer-record (0x0301): libp2p writes its two bytes as they are, not as a varint. */
    private static final byte[] PEER_RECORD_TYPE = {0x03, 0x01};
    private static final byte[] PEER_RECORD_DOMAIN = "libp2p-peer-record".getBytes(StandardCharsets.US_ASCII);

    static SealedEnvelope decode(byte[] envelope) {
        byte[] publicKey = {};
        byte[] type = {};
        byte[] payload = {};
        byte[] signature = {};
        var fields = new ProtobufFields(envelope);
        while (fields.next()) {
            switch (fields.number()) {
                case PUBLIC_KEY -> publicKey = fields.bytes();
                case PAYLOAD_TYPE -> type = fields.bytes();
                case PAYLOAD -> payload = fields.bytes();
                case SIGNATURE -> signature = fields.bytes();
                default -> fields.skip();
            }
        }
        if (publicKey.length == 0 || signature.length == 0) {
            throw new IllegalArgumentException("the envelope lacks its public key or its signature");
        }
        if (!Arrays.equals(type, PEER_RECORD_TYPE)) {
            throw new IllegalArgumentException("the envelope holds something other than a peer record");
        }
        return new SealedEnvelope(publicKey, payload, signature);
    }

    byte[] encode() {
        return new ByteWriter().tag(PUBLIC_KEY).counted(publicKey).tag(PAYLOAD_TYPE).counted(PEER_RECORD_TYPE)
                .tag(PAYLOAD).counted(payload).tag(SIGNATURE).counted(signature).toBytes();
    }

    /** What the signature is over: domain, type and payload, each with its length in front. */
    static byte[] signedBytes(byte[] payload) {
        return new ByteWriter().counted(PEER_RECORD_DOMAIN).counted(PEER_RECORD_TYPE).counted(payload).toBytes();
    }
}
