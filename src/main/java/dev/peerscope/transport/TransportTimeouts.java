package dev.peerscope.transport;

import java.time.Duration;

/**
 * How long each step may take, and how long silence may last.
 *
 * @param connect
 *            resolving the name and the TCP connection
 * @param security
 *            agreement on Noise and its handshake
 * @param muxer
 *            agreement on the muxer
 * @param stream
 *            agreement on a stream's protocol
 * @param pingSilence
 *            a connection without traffic for this long is pinged
 * @param pingAnswer
 *            a connection without traffic for this long after a ping is closed
 * @param stalledWrite
 *            a connection whose remote takes none of what waits for it is closed after this long
 * @param farewell
 *            a connection that we end waits this long for what is queued to leave and for the remote to end it, too
 */
public record TransportTimeouts(Duration connect, Duration security, Duration muxer, Duration stream,
        Duration pingSilence, Duration pingAnswer, Duration stalledWrite, Duration farewell) {

    /** Steps of a dial add up to less than the 15 seconds that the API allows for one. */
    public static final TransportTimeouts DEFAULT = new TransportTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5),
            Duration.ofSeconds(4), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20),
            Duration.ofSeconds(60), Duration.ofMillis(500));

    /** Everything else as it is. */
    public TransportTimeouts withPing(Duration silence, Duration answer) {
        return new TransportTimeouts(connect, security, muxer, stream, silence, answer, stalledWrite, farewell);
    }
}
