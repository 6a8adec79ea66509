package dev.peerscope.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.journal.JournalStatus.Disk;
import dev.peerscope.journal.JournalStatus.Memory;

/** Meters of the journal and of its live readers. */
public final class JournalMeters implements MeterBinder {

    private static final String MEMORY = "memory";
    private static final String DISK = "disk";
    private static final double MILLIS_PER_SECOND = 1_000;

    private final ChangeJournal journal;
    private final InstantSource clock;

    /** Meters of this journal. */
    public JournalMeters(ChangeJournal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        var meters = new Meters(registry);
        memory(meters::counter, PeerscopeMeter.JOURNAL_CHANGES, Memory::recorded);
        memory(meters::counter, PeerscopeMeter.JOURNAL_DROPPED, Memory::dropped);
        memory(meters::gauge, PeerscopeMeter.JOURNAL_OLDEST_AGE, memory -> ageSeconds(memory.oldestAt()));
        if (journal.status().disk().isPresent()) {
            disk(meters::counter, PeerscopeMeter.JOURNAL_CHANGES, disk -> disk.archive().recorded(), DISK);
            disk(meters::counter, PeerscopeMeter.JOURNAL_DROPPED, Disk::dropped, DISK);
            disk(meters::gauge, PeerscopeMeter.JOURNAL_OLDEST_AGE, disk -> ageSeconds(disk.archive().oldestAt()), DISK);
            disk(meters::gauge, PeerscopeMeter.JOURNAL_FAILING, disk -> disk.failure().isPresent() ? 1 : 0);
        }
        meters.gauge(PeerscopeMeter.STREAM_SUBSCRIBERS, journal, from -> from.status().subscribers());
        meters.counter(PeerscopeMeter.STREAM_GAPS, journal, from -> from.status().gaps());
    }

    /** A way to register a meter. */
    @FunctionalInterface
    private interface Registration {

        void register(DocumentedMeter meter, ChangeJournal journal, ToDoubleFunction<ChangeJournal> value,
                String... labels);
    }

    private void memory(Registration way, PeerscopeMeter meter, ToDoubleFunction<Memory> value) {
        way.register(meter, journal, from -> value.applyAsDouble(from.status().memory()), MEMORY);
    }

    private void disk(Registration way, PeerscopeMeter meter, ToDoubleFunction<Disk> value, String... labels) {
        way.register(meter, journal, from -> from.status().disk().map(value::applyAsDouble).orElse(0.0), labels);
    }

    private double ageSeconds(Optional<Instant> oldestAt) {
        return oldestAt.map(at -> Duration.between(at, clock.instant()).toMillis() / MILLIS_PER_SECOND)
                .orElse(0.0);
    }
}
