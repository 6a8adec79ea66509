package dev.peerscope.api;

import java.time.Duration;

/**
 * How streams to clients behave.
 *
 * @param pingInterval after how much silence a comment is sent, so that nobody on the way takes the connection for dead
 */
public record StreamSettings(Duration pingInterval) {}
