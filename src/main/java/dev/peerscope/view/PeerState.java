package dev.peerscope.view;

/** Which peers a list shows. */
public enum PeerState {
    CONNECTED, DEPARTED, ALL
}
