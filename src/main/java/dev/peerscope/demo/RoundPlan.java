package dev.peerscope.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A round in the making. It is planned in the order of time, for what is done depends on who holds what then. */
final class RoundPlan {

    private final Duration length;
    private final PriorityQueue<Slot> slots = new PriorityQueue<>(Comparator.comparingDouble(Slot::at));
    private final List<Cue> cues = new ArrayList<>();
    private double now;

    private record Slot(double at, Runnable planning) {}

    RoundPlan(Duration length) {
        this.length = length;
    }

    /**
     * Something is planned for a time.
     *
     * @param at
     *            as a part of the round, 0 to 1
     * @param planning
     *            adds acts for this time, and may plan for later times; is run when all earlier ones have been
     */
    void at(double at, Runnable planning) {
        if (at < now || at > 1) {
            throw new IllegalArgumentException("at " + at + " of a round that is planned up to " + now);
        }
        slots.add(new Slot(at, planning));
    }

    /** Something is done at the time that is being planned. */
    void act(DemoAct act) {
        cues.add(new Cue(Duration.ofNanos((long) (length.toNanos() * now)), act));
    }

    /** Plans it all. */
    List<Cue> cues() {
        for (var slot = slots.poll(); slot != null; slot = slots.poll()) {
            now = slot.at;
            slot.planning.run();
        }
        return List.copyOf(cues);
    }
}
