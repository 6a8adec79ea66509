package dev.peerscope.node;

import java.time.Instant;

/**
 * The engine broke an invariant, or could not handle an input: it is of no further use.
 *
 * @param input
 *            what it was handling, in short
 */
record EngineFailure(Instant at, String input, Throwable cause) {

    /** For people. */
    String sentence() {
        return "the engine stopped at " + at + " while handling " + input + ": " + cause;
    }
}
