package dev.peerscope.block;

import dev.peerscope.block.InvalidCid.Reason;

/** A base whose characters stand for a fixed number of bits each, without padding (RFC 4648: base16, base32, base64). */
final class BitGroupEncoding implements BaseEncoding {

    private final Alphabet alphabet;
    private final int bits;

    BitGroupEncoding(Alphabet alphabet) {
        this.alphabet = alphabet;
        this.bits = Integer.numberOfTrailingZeros(alphabet.size());
    }

    @Override
    public String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 8 + bits - 1) / bits);
        int pending = 0;
        int pendingBits = 0;
        for (byte next : bytes) {
            pending = (pending << 8 | next & 0xff) & 0xffff;
            pendingBits += 8;
            while (pendingBits >= bits) {
                pendingBits -= bits;
                text.append(alphabet.character(pending >>> pendingBits & (1 << bits) - 1));
            }
        }
        if (pendingBits > 0) {
            text.append(alphabet.character(pending << (bits - pendingBits) & (1 << bits) - 1));
        }
        return text.toString();
    }

    @Override
    public byte[] decode(String text, int start) {
        int characters = text.length() - start;
        byte[] bytes = new byte[characters * bits / 8];
        int pending = 0;
        int pendingBits = 0;
        int at = 0;
        for (int i = start; i < text.length(); i++) {
            pending = (pending << bits | alphabet.value(text, i)) & 0xffff;
            pendingBits += bits;
            if (pendingBits >= 8) {
                pendingBits -= 8;
                bytes[at++] = (byte) (pending >>> pendingBits);
            }
        }
        // What is left fills the last character up: fewer bits than a character has, and all of them zero.
        if (pendingBits >= bits || (pending & (1 << pendingBits) - 1) != 0) {
            throw new InvalidCid(Reason.NOT_CANONICAL,
                    "the last character carries bits that belong to no byte, or is one too many");
        }
        return bytes;
    }
}
