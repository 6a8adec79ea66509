package dev.peerscope.peer;

/** Base32 text of RFC 4648, lower case and without padding (multibase {@code b}). */
final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    /** Throws {@link IllegalArgumentException} naming what is wrong. */
    static byte[] decode(String text) {
        byte[] result = new byte[text.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException(
                        "'" + text.charAt(i) + "' at position " + i + " is not a base32 character");
            }
            buffer = (buffer << 5 | value) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                result[used++] = (byte) (buffer >>> bits);
            }
        }
        if (bits >= 5 || (buffer & (1 << bits) - 1) != 0) {
            throw new IllegalArgumentException("the base32 text ends inside a byte");
        }
        return result;
    }
}
