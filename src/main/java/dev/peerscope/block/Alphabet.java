package dev.peerscope.block;

import java.util.Arrays;

import dev.peerscope.block.InvalidCid.Reason;

/** The characters of a base, each standing for its place among them. */
final class Alphabet {

    private static final int ASCII = 128;

    private final String characters;
    private final byte[] values = new byte[ASCII];

    Alphabet(String characters) {
        this.characters = characters;
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < characters.length(); i++) {
            values[characters.charAt(i)] = (byte) i;
        }
    }

    int size() {
        return characters.length();
    }

    char character(int value) {
        return characters.charAt(value);
    }

    int value(String text, int at) {
        char character = text.charAt(at);
        int value = character < ASCII ? values[character] : -1;
        if (value < 0) {
            throw new InvalidCid(Reason.BAD_CHARACTER,
                    "character " + (at + 1) + ", " + printable(character) + ", is not one of " + characters);
        }
        return value;
    }

    private static String printable(char character) {
        return character > ' ' && character < 0x7f ? "'" + character + "'" : "U+%04X".formatted((int) character);
    }
}
