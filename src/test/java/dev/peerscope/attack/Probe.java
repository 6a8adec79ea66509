package dev.peerscope.attack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A reader of the API who asks the same again and again while the service is under attack, and notes how long it takes. */
final class Probe {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Service service;
    private final List<String> paths;
    private final List<Duration> times = new ArrayList<>();
    private int unanswered;

    Probe(Service service, List<String> paths) {
        this.service = service;
        this.paths = paths;
    }

    /** Asks each once; returns the body of the last answer, or a missing node if there was none. */
    JsonNode ask() {
        JsonNode last = MissingNode.getInstance();
        for (var path : paths) {
            var answer = service.send("GET", path, null, TIMEOUT);
            times.add(answer.took());
            if (answer.status() != 200) {
                unanswered++;
            }
            last = answer.status() == 200 ? answer.body() : MissingNode.getInstance();
        }
        return last;
    }

    int asked() {
        return times.size();
    }

    /** Questions that got none, or another than 200. */
    int unanswered() {
        return unanswered;
    }

    Duration longest() {
        return at(1);
    }

    @Override
    public String toString() {
        return "api p50 " + Scenario.seconds(at(0.5)) + " p99 " + Scenario.seconds(at(0.99)) + " max "
                + Scenario.seconds(longest());
    }

    private Duration at(double share) {
        var sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
