package dev.peerscope.peer;

import java.util.Arrays;

/** Base58 text with the Bitcoin alphabet, as peer ids use it. */
final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final byte[] VALUES = values();

    private Base58() {}

    static String encode(byte[] input) {
        int zeros = leading(input);
        // log(256) / log(58) is just under 1.38 digits a byte.
        byte[] digits = new byte[(input.length - zeros) * 138 / 100 + 1];
        int used = 0;
        for (int i = zeros; i < input.length; i++) {
            int carry = input[i] & 0xff;
            int place = 0;
            for (; carry != 0 || place < used; place++) {
                carry += digits[place] << 8;
                digits[place] = (byte) (carry % 58);
                carry /= 58;
            }
            used = place;
        }
        var text = new StringBuilder(zeros + used);
        text.repeat('1', zeros);
        while (used > 0) {
            text.append(ALPHABET.charAt(digits[--used]));
        }
        return text.toString();
    }

    /** Throws {@link IllegalArgumentException} naming the first character outside the alphabet. */
    static byte[] decode(String text) {
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] bytes = new byte[text.length()];
        int used = 0;
        for (int i = zeros; i < text.length(); i++) {
            char c = text.charAt(i);
            int carry = c < VALUES.length ? VALUES[c] : -1;
            if (carry < 0) {
                throw new IllegalArgumentException("'" + c + "' at position " + i + " is not a base58 character");
            }
            int place = 0;
            for (; carry != 0 || place < used; place++) {
                carry += (bytes[place] & 0xff) * 58;
                bytes[place] = (byte) carry;
                carry >>>= 8;
            }
            used = place;
        }
        byte[] result = new byte[zeros + used];
        for (int i = 0; i < used; i++) {
            result[zeros + i] = bytes[used - 1 - i];
        }
        return result;
    }

    private static int leading(byte[] input) {
        int zeros = 0;
        while (zeros < input.length && input[zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }
}
