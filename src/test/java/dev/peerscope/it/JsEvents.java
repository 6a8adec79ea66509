package dev.peerscope.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a {@link JsPeer} reported so far, and waiting for what it will report. */
final class JsEvents {

    private final List<JsonNode> events = new ArrayList<>();
    /** Where the search for the next event of a name begins: after the last one that was found. */
    private final Map<String, Integer> read = new HashMap<>();
    private @Nullable String end;

    synchronized void add(JsonNode event) {
        events.add(event);
        notifyAll();
    }

    /** Nothing more will come, for this reason. */
    synchronized void end(String reason) {
        end = reason;
        notifyAll();
    }

    synchronized List<JsonNode> all(String name) {
        return events.stream().filter(event -> event.get("event").asString().equals(name)).toList();
    }

    /** Events so far do not count for {@link #await} any more. */
    synchronized void skip() {
        events.forEach(event -> read.put(event.get("event").asString(), events.size()));
    }

    /** The first event of this name that fits and comes after the one found last. */
    synchronized JsonNode await(String name, Duration timeout, Predicate<JsonNode> fits) throws InterruptedException {
        var deadline = Instant.now().plus(timeout);
        while (true) {
            for (int i = read.getOrDefault(name, 0); i < events.size(); i++) {
                var event = events.get(i);
                if (event.get("event").asString().equals(name) && fits.test(event)) {
                    read.put(name, i + 1);
                    return event;
                }
            }
            var left = Duration.between(Instant.now(), deadline);
            if (end != null || !left.isPositive()) {
                throw new AssertionError("no '%s' that fits within %s%s; reported so far:%n%s".formatted(name, timeout,
                        end == null ? "" : " (" + end + ")", text()));
            }
            wait(left.toMillis() + 1);
        }
    }

    private String text() {
        var text = new StringBuilder();
        events.forEach(event -> text.append(shortened(event.toString())).append('\n'));
        return text.toString();
    }

    private static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
