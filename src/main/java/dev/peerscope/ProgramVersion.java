package dev.peerscope;

/** The version of this program, as it was built. */
record ProgramVersion(String text) {}
