package dev.peerscope.block;

import java.util.Arrays;
import java.util.stream.Collectors;

import dev.peerscope.block.InvalidCid.Reason;

/** The bases in which a CID is read from text, each with the character that announces it (multibase specification). */
enum Multibase {
    /** What Codex prints. */
    BASE58BTC('z', new PositionalEncoding(
            new Alphabet("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"))),
    BASE36('k', new PositionalEncoding(new Alphabet("0123456789abcdefghijklmnopqrstuvwxyz"))),
    BASE32('b', new BitGroupEncoding(new Alphabet("abcdefghijklmnopqrstuvwxyz234567"))),
    BASE32_UPPER('B', new BitGroupEncoding(new Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))),
    BASE16('f', new BitGroupEncoding(new Alphabet("0123456789abcdef"))),
    BASE16_UPPER('F', new BitGroupEncoding(new Alphabet("0123456789ABCDEF"))),
    BASE64('m', new BitGroupEncoding(
            new Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))),
    BASE64_URL('u', new BitGroupEncoding(
            new Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")));

    private final char prefix;
    private final BaseEncoding encoding;

    Multibase(char prefix, BaseEncoding encoding) {
        this.prefix = prefix;
        this.encoding = encoding;
    }

    /** The base that the first character of the text announces. */
    static Multibase announcedBy(String text) {
        char first = text.charAt(0);
        for (Multibase base : values()) {
            if (base.prefix == first) {
                return base;
            }
        }
        String known = Arrays.stream(values()).map(base -> String.valueOf(base.prefix))
                .collect(Collectors.joining(", "));
        throw new InvalidCid(Reason.UNKNOWN_BASE,
                "a CID's text starts with one of %s, or with Qm, not with U+%04X".formatted(known, (int) first));
    }

    String encode(byte[] bytes) {
        return prefix + encoding.encode(bytes);
    }

    byte[] decode(String text) {
        return encoding.decode(text, 1);
    }

    /** The text without the announcing character, as CIDv0 has it. */
    String encodeBare(byte[] bytes) {
        return encoding.encode(bytes);
    }

    byte[] decodeBare(String text) {
        return encoding.decode(text, 0);
    }
}
