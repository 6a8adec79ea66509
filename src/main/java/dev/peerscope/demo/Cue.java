package dev.peerscope.demo;

import java.time.Duration;

/**
 * When something is done.
 *
 * @param at
 *            after the beginning of the round
 */
record Cue(Duration at, DemoAct act) {}
