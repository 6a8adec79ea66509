package dev.peerscope.node;

import java.util.Optional;

/**
 * Whether the node does its work.
 *
 * @param listening
 *            its listen addresses are bound, or it has none
 * @param engineRunning
 *            the engine's thread takes inputs
 * @param failure
 *            the broken invariant that stopped the engine, if one did
 */
public record Health(boolean listening, boolean engineRunning, Optional<String> failure) {

    /** All is as it should be. */
    public boolean isUp() {
        return listening && engineRunning && failure.isEmpty();
    }
}
