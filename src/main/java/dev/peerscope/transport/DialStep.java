package dev.peerscope.transport;

import java.util.Locale;

/** The steps of making a connection, in their order. */
public enum DialStep {
    /** The TCP connection, and whether there is room for one more. */
    CONNECT,
    /** Agreement on Noise and its handshake. */
    SECURITY,
    /** Whether the remote has proven to be the peer that was expected, and one that is welcome. */
    IDENTITY,
    /** Agreement on the multiplexer. */
    MUXER;

    /** Its name in the API: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
