package dev.peerscope.view;

/**
 * A peer's place in a sorted list.
 *
 * @param value of what the list is sorted by
 */
public record PeerKey(long value, String peerId) {}
