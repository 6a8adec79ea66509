package dev.peerscope.node;

import dev.peerscope.limit.PeerUse;

/** Where messages come from, and can be held back. Safe for use by any thread. */
interface MessageSource {

    /** Nothing further is read; what was read already still arrives. */
    void pauseReading();

    void resumeReading();

    /** Of its peer, for which its messages count until they are taken. */
    PeerUse use();
}
