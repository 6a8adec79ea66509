package dev.peerscope.transport;

/**
 * A bound of a host, and how near it is.
 *
 * @param used
 *            present use; of a bound on each connection or stream, by the one that uses most, and 0 of a bound on one frame or
 *            message
 */
public record TransportUse(TransportLimit limit, long setting, long used) {}
