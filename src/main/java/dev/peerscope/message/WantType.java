package dev.peerscope.message;

/**
 * What a want-list entry asks for. Source: {@code WantType} in Codex's {@code message.proto}.
 */
public enum WantType {
    /** "Send me this block": recorded by the receiver and served, now or when the block arrives. */
    BLOCK,
    /** "Do you have this block?": answered on the fly with a presence and recorded nowhere. */
    HAVE
}
