package dev.peerscope.message;

import java.util.HexFormat;

/**
 * An Ethereum address to be paid at. Source: {@code AccountMessage} in Codex's {@code message.proto}.
 *
 * @param hex
 *            the 20 bytes as 40 lower-case hexadecimal digits
 */
public record Account(String hex) {

    /** Bytes of an address; an account message of any other length counts as absent, as in the real decoder. */
    public static final int LENGTH = 20;

    public Account {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("an account is 20 bytes, was " + hex.length() / 2);
        }
    }

    public static Account of(byte[] address) {
        return new Account(HexFormat.of().formatHex(address));
    }

    public byte[] toBytes() {
        return HexFormat.of().parseHex(hex);
    }
}
