package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * How quickly one peer delivers. From this follow how many requests may be open with it, when one will probably have been
 * answered, and when it is overdue.
 *
 * <p>A request waits for those ahead of it, at the rate that was measured, and then for a time of its own, of which the mean and the
 * deviation are kept as TCP keeps those of its round trips (RFC 6298). The window grows by one with each block delivered, so it
 * doubles with each round trip, up to what the peer delivers in {@link #WINDOW_TIME}; failures shrink it. A peer that was overdue
 * has a window of one, and twice the time for each further request, until it delivers again.
 */
final class Pace {

    /** Requests open with a peer that has delivered nothing yet. */
    static final int WINDOW_START = 4;
    /** Enough to keep a line busy, however slow it is. */
    private static final int WINDOW_MEASURED_MIN = 2;
    /** What waits at a peer longer than this is better asked of another, once there is one. */
    private static final Duration WINDOW_TIME = Duration.ofSeconds(5);

    /** Also what a peer has that has delivered nothing yet. */
    static final Duration DEADLINE_MIN = Duration.ofSeconds(2);
    static final Duration DEADLINE_MAX = Duration.ofSeconds(15);
    /** A peer that lets requests expire is given up after a few of them. */
    private static final int DEADLINES_UNTIL_TIMEOUT = 4;
    private static final int DOUBLINGS_MAX = 10;

    /** For each block, of a peer that has delivered nothing yet. */
    private static final double HOPED_SECONDS = 0.1;
    /** Weights of a new observation. */
    private static final double OF_MEAN = 1 / 8.0;
    private static final double OF_DEVIATION = 1 / 4.0;
    private static final double OF_RATE = 1 / 4.0;
    private static final double DEVIATIONS_ALLOWED = 4;
    /** The rate is measured over at least so much time in which something was awaited. */
    private static final double MEASURED_SECONDS_MIN = 1;

    private final int windowMax;
    private final double deadlineMin;
    private final double deadlineMax;

    private int window;
    private boolean overdue;
    private int doublings;
    private Instant expiredAt = Instant.EPOCH;

    private boolean hasDelivered;
    /** Time that requests take beyond what the queue ahead of them explains. */
    private double meanSeconds;
    private double deviationSeconds;
    /** Blocks per second while some are awaited; 0 while not known. */
    private double rate;
    private double measuredSeconds;
    private long measuredBlocks;
    /** Time is measured up to here. */
    private Instant measuredUntil = Instant.EPOCH;

    Pace(EngineSettings settings) {
        this.windowMax = settings.requestsPerPeer();
        this.window = Math.min(WINDOW_START, windowMax);
        this.deadlineMax = Math.min(seconds(DEADLINE_MAX),
                seconds(settings.requestTimeout()) / DEADLINES_UNTIL_TIMEOUT);
        this.deadlineMin = Math.min(seconds(DEADLINE_MIN), deadlineMax);
    }

    /** Requests that may be open with the peer. */
    int window() {
        if (overdue) {
            return 1;
        }
        return rate == 0 ? window
                : Math.min(window, Math.max(WINDOW_MEASURED_MIN, (int) (rate * seconds(WINDOW_TIME))));
    }

    /** Whether it let a request expire and has delivered nothing since. */
    boolean isOverdue() {
        return overdue;
    }

    /** Something is awaited from now on, and nothing was before. */
    void begins(Instant now) {
        measuredUntil = now;
    }

    /** Seconds that the requests ahead will probably take. */
    double queueSeconds(int ahead) {
        if (rate > 0) {
            return ahead / rate;
        }
        return measuredBlocks == 0 ? 0 : ahead * measuredSeconds / measuredBlocks;
    }

    /**
     * Seconds after which a request with so many ahead of it will probably have been answered; of a peer that has proved nothing yet,
     * or failed of late, no more is known than its deadline.
     */
    double expectedSeconds(int ahead) {
        return hasDelivered && !overdue ? Math.max(0, queueSeconds(ahead) + meanSeconds) : deadlineSeconds(ahead);
    }

    /** As {@link #expectedSeconds}, but with trust in a peer that has proved nothing yet, so that it gets a chance. */
    double hopedSeconds(int ahead) {
        return hasDelivered || overdue ? expectedSeconds(ahead) : HOPED_SECONDS * (ahead + 1);
    }

    /** Seconds after which a request with so many ahead of it is overdue. */
    double deadlineSeconds(int ahead) {
        double measured = hasDelivered
                ? queueSeconds(ahead) + meanSeconds + DEVIATIONS_ALLOWED * deviationSeconds
                : deadlineMin;
        return Math.min(deadlineMax, Math.max(deadlineMin, measured) * (1 << doublings));
    }

    /** Seconds that a request gets that is overdue after so much time, and that nobody else can be asked. */
    double extensionSeconds(Duration waited, int ahead) {
        return Math.min(deadlineMax, Math.max(deadlineSeconds(ahead), seconds(waited)));
    }

    /** A request was answered with a valid block, after so much time, of which the queue was to take so much. */
    void took(Duration time, double queueSeconds) {
        double beyond = seconds(time) - queueSeconds;
        if (hasDelivered) {
            deviationSeconds += OF_DEVIATION * (Math.abs(beyond - meanSeconds) - deviationSeconds);
            meanSeconds += OF_MEAN * (beyond - meanSeconds);
        } else {
            hasDelivered = true;
            meanSeconds = beyond;
            deviationSeconds = Math.abs(beyond) / 2;
        }
    }

    /** So many valid blocks arrived together. */
    void delivered(int blocks, Instant now) {
        overdue = false;
        doublings = 0;
        window = Math.min(windowMax, window + blocks);
        measuredSeconds += seconds(Duration.between(measuredUntil, now));
        measuredUntil = now;
        measuredBlocks += blocks;
        if (measuredSeconds >= MEASURED_SECONDS_MIN) {
            double measured = measuredBlocks / measuredSeconds;
            rate = rate == 0 ? measured : rate + OF_RATE * (measured - rate);
            measuredSeconds = 0;
            measuredBlocks = 0;
        }
    }

    /** What was awaited was refused or denied. */
    void failed() {
        window = Math.max(1, window / 2);
    }

    /** A request of then expired. Those that were open beside it may expire after it and say nothing new. */
    void expired(Instant askedAt, Instant now) {
        window = 1;
        overdue = true;
        if (!askedAt.isBefore(expiredAt)) {
            doublings = Math.min(DOUBLINGS_MAX, doublings + 1);
            expiredAt = now;
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
