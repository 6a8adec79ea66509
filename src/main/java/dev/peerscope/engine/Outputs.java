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

/** What the input that is being handled puts out, in the order of happening, and the time at which it is handled. */
final class Outputs {

    private final Set<Outbox> filled = new LinkedHashSet<>();
    private List<EngineOutput> outputs = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    /** Time does not run backwards here, whatever a clock does. */
    void begin(Instant time) {
        now = time.isBefore(now) ? now : time;
        outputs = new ArrayList<>();
    }

    Instant now() {
        return now;
    }

    void add(EngineOutput output) {
        outputs.add(output);
    }

    void happened(ExchangeEvent event) {
        outputs.add(new EngineOutput.Happened(event));
    }

    void limitMet(LimitName limit, Optional<PeerId> peer, long times) {
        happened(new ExchangeEvent.LimitMet(now, limit, peer, times));
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
