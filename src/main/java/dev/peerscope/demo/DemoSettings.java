package dev.peerscope.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How large and how lively the demo swarm is.
 *
 * @param peers
 *            6 to 50
 * @param blocks
 *            into how many blocks a file is cut at most, 64 to 65,536; block sizes are powers of two
 * @param pace
 *            length of a round, in which everything happens at least once; 5 seconds or longer. A peer falls silent for a
 *            third of it, which is noticed when it is longer than the refresh's answer time-out and shortest interval together
 * @param seed
 *            of the peers' identities, what they hold and what they do
 * @param file
 *            is shared in the place of the picture that comes with the demo
 */
public record DemoSettings(int peers, int blocks, Duration pace, long seed, Optional<Path> file) {

    static final int PEERS_MIN = 6;
    static final int PEERS_MAX = 50;
    static final int BLOCKS_MIN = 64;
    static final int BLOCKS_MAX = 1 << 16;
    static final Duration PACE_MIN = Duration.ofSeconds(5);

    /** Eight peers, 256 blocks, rounds of 40 seconds, and the files that come with the demo. */
    public static final DemoSettings DEFAULT = new DemoSettings(8, 256, Duration.ofSeconds(40), 1, Optional.empty());

    public DemoSettings {
        requireWithin(PEERS_MIN, PEERS_MAX, peers, "peers");
        requireWithin(BLOCKS_MIN, BLOCKS_MAX, blocks, "blocks");
        if (pace.compareTo(PACE_MIN) < 0) {
            throw new IllegalArgumentException("the demo's pace is at least " + PACE_MIN + ", was " + pace);
        }
    }

    private static void requireWithin(int min, int max, int value, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "the demo swarm has " + min + " to " + max + " " + name + ", was " + value);
        }
    }
}
