package dev.peerscope.block;

/** The way in which a base writes bytes as characters. */
sealed interface BaseEncoding permits BitGroupEncoding, PositionalEncoding {

    String encode(byte[] bytes);

    /**
     * Reads the text from {@code start} on. Its length was bounded by the caller.
     *
     * @throws InvalidCid when a character is not of this base, or the text is not how this base writes the bytes
     */
    byte[] decode(String text, int start);
}
