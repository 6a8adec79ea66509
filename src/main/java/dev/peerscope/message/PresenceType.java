package dev.peerscope.message;

/**
 * What a presence says of a block. Source: {@code BlockPresenceType} in Codex's {@code message.proto}.
 */
public enum PresenceType {
    /** The sender has the block. */
    HAVE,
    /** The sender does not have the block; sent only when the want-have asked for it. */
    DONT_HAVE
}
