package dev.peerscope.journal;

import java.time.Instant;

/**
 * What time it is to an archive.
 *
 * @param aliveAt until when the node is known to have run, by a clock that is not in doubt
 * @param now by which changes become too old: never later than {@code aliveAt}
 * @param nanos of a clock that is never set, for lengths of time
 * @param inDoubt whether the clock has jumped and nobody has confirmed it, so that little may be forgotten for its age
 */
public record HistoryTime(Instant aliveAt, Instant now, long nanos, boolean inDoubt) {}
