package dev.peerscope.message;

/**
 * A payment channel update as received. Source: {@code StateChannelUpdate} in Codex's {@code message.proto}.
 *
 * @param update
 *            UTF-8 JSON of a signed Nitro state; kept as text, never acted on
 */
public record Payment(String update) {}
