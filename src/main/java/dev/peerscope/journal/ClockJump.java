package dev.peerscope.journal;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock is not where it should be by what the history last knew and the time that has passed since.
 *
 * @param clock what the clock says
 * @param expected what it should say
 */
public record ClockJump(Instant clock, Instant expected) {

    /** How far the clock is ahead; negative where it is behind. */
    public Duration ahead() {
        return Duration.between(expected, clock);
    }

    /** What happened and what to do, for an operator. */
    public String sentence() {
        return "the clock says " + clock + " and should say " + expected
                + " by the history and the time that has passed since; until it is back, or confirmed by POST "
                + "/api/v1/history/accept-clock, at most 1 % of the changes is forgotten an hour for age";
    }
}
