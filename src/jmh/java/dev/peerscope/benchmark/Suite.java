package dev.peerscope.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.peerscope.api.HttpReadsMeasurement;
import dev.peerscope.engine.IngestBenchmark;
import dev.peerscope.engine.MemoryMeasurement;
import dev.peerscope.engine.SwarmMeasurement;
import dev.peerscope.journal.JournalMeasurement;
import dev.peerscope.node.ConnectionMeasurement;
import dev.peerscope.transfer.TransferMeasurement;
import dev.peerscope.wire.codex.DecodingBenchmark;

/** What can be measured on its own, each with a question that it answers. */
enum Suite {

    /** How fast do bytes become runs of presence? */
    DECODING(DecodingBenchmark.class),
    /** How fast is presence taken in, from bytes to changes? */
    INGEST(IngestBenchmark.class),
    /** How much memory does a presence record take? */
    MEMORY(MemoryMeasurement.class),
    /** How much memory does a connection take? */
    CONNECTIONS(ConnectionMeasurement.class),
    /** What do questions and records cost as a swarm grows to 10,000 peers? */
    QUESTIONS(SwarmMeasurement.class),
    /** How fast is a history of ten million changes written, read and opened? */
    JOURNAL(JournalMeasurement.class),
    /** How fast are reads over HTTP, idle and while presence streams in? */
    HTTP(HttpReadsMeasurement.class),
    /** How fast do blocks go from one process to another? */
    TRANSFER(TransferMeasurement.class);

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
