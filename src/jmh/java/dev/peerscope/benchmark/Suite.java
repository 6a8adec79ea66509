package dev.peerscope.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.peerscope.wire.codex.DecodingBenchmark;

/** What can be measured on its own, each with a question that it answers. */
enum Suite {

    /** How fast do bytes become runs of presence? */
    DECODING(DecodingBenchmark.class);

    private final List<Class<?>> classes;

    /** @param classes with JMH's annotations, or a {@link Measurement} */
    Suite(Class<?>... classes) {
        this.classes = List.of(classes);
    }

    List<Class<?>> classes() {
        return classes;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the suites that there are */
    static Suite named(String text) {
        return Arrays.stream(values()).filter(suite -> suite.text().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no suite '" + text + "'; there are "
                        + Arrays.stream(values()).map(Suite::text).toList()));
    }
}
