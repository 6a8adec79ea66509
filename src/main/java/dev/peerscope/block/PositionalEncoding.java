package dev.peerscope.block;

import java.util.Arrays;

/**
 * A base that writes the bytes as one large number, each leading zero byte as one leading zero digit (base58btc, base36).
 *
 * <p>Takes time quadratic in the length, which callers bound.
 */
final class PositionalEncoding implements BaseEncoding {

    private final Alphabet alphabet;
    private final double digitsPerByte;

    PositionalEncoding(Alphabet alphabet) {
        this.alphabet = alphabet;
        this.digitsPerByte = Math.log(256) / Math.log(alphabet.size());
    }

    @Override
    public String encode(byte[] bytes) {
        byte[] digits = convert(bytes, 256, alphabet.size(), (int) (bytes.length * digitsPerByte) + 1);
        char[] text = new char[digits.length];
        for (int i = 0; i < digits.length; i++) {
            text[i] = alphabet.character(digits[i]);
        }
        return new String(text);
    }

    @Override
    public byte[] decode(String text, int start) {
        byte[] digits = new byte[text.length() - start];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) alphabet.value(text, start + i);
        }
        return convert(digits, alphabet.size(), 256, (int) (digits.length / digitsPerByte) + 1);
    }

    /** The same number, leading zeros kept one for one, in another radix; {@code room} digits are enough for it. */
    private static byte[] convert(byte[] digits, int from, int to, int room) {
        int zeros = 0;
        while (zeros < digits.length && digits[zeros] == 0) {
            zeros++;
        }
        byte[] converted = new byte[zeros + room];
        int first = converted.length;
        for (int i = zeros; i < digits.length; i++) {
            int carry = digits[i] & 0xff;
            int at = converted.length;
            while (at > first || carry > 0) {
                at--;
                carry += (converted[at] & 0xff) * from;
                converted[at] = (byte) (carry % to);
                carry /= to;
            }
            first = at;
        }
        return Arrays.copyOfRange(converted, first - zeros, converted.length);
    }
}
