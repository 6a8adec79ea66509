package dev.peerscope.metrics;

import org.jspecify.annotations.Nullable;

/** Room for open intervals: of all peers together, or one peer's share of it. */
final class IntervalRoom {

    private final int max;
    private final @Nullable IntervalRoom whole;
    private int taken;

    private IntervalRoom(int max, @Nullable IntervalRoom whole) {
        this.max = max;
        this.whole = whole;
    }

    static IntervalRoom of(int max) {
        return new IntervalRoom(max, null);
    }

    /** A share: at most {@code max}, and only as long as there is room in the whole. */
    IntervalRoom share(int max) {
        return new IntervalRoom(max, this);
    }

    /** Takes room for one interval, if there is any. */
    boolean take() {
        if (taken == max || whole != null && !whole.take()) {
            return false;
        }
        taken++;
        return true;
    }

    void giveBack() {
        giveBack(1);
    }

    void giveBackAll() {
        giveBack(taken);
    }

    private void giveBack(int intervals) {
        taken -= intervals;
        if (whole != null) {
            whole.giveBack(intervals);
        }
    }

    int taken() {
        return taken;
    }
}
