package dev.peerscope.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.PeerId;

/**
 * What the input that is being handled puts out, in the order of happening, and the time at which it is handled: by a clock that only
 * moves on, which decides, and by that on the wall, which is shown.
 */
final class Outputs {

    private final Set<Outbox> filled = new LinkedHashSet<>();
    private List<EngineOutput> outputs = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Instant wallTime = Instant.EPOCH;

    /** Time does not run backwards here. */
    void begin(Instant time, Instant onTheWall) {
        now = time.isBefore(now) ? now : time;
        wallTime = onTheWall;
        outputs = new ArrayList<>();
    }

    /** For what must happen after so long. */
    Instant now() {
        return now;
    }

    /** For events, and for what readers are shown. It may have been set, back too: nothing is decided by it. */
    Instant wallTime() {
        return wallTime;
    }

    void add(EngineOutput output) {
        outputs.add(output);
    }

    void happened(ExchangeEvent event) {
        outputs.add(new EngineOutput.Happened(event));
    }

    void limitMet(LimitName limit, Optional<PeerId> peer, long times) {
        happened(new ExchangeEvent.LimitMet(wallTime, limit, peer, times));
    }

    /** Entries and answers for one peer gather until the input has been handled, so that they share messages. */
    void filled(Outbox outbox) {
        filled.add(outbox);
    }

    /** Makes messages of what has gathered. */
    void flush() {
        filled.forEach(Outbox::flush);
        filled.clear();
    }

    List<EngineOutput> end() {
        return List.copyOf(outputs);
    }
}
