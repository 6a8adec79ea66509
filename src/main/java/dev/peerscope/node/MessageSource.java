package dev.peerscope.node;

/** Where messages come from, and can be held back. Safe for use by any thread. */
interface MessageSource {

    /** Nothing further is read; what was read already still arrives. */
    void pauseReading();

    void resumeReading();
}
