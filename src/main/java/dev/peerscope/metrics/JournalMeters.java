package dev.peerscope.metrics;

import java.time.Duration;
import java.time.InstantSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.journal.JournalStatus;

/** Meters of the journal and of its live readers. */
public final class JournalMeters implements MeterBinder {

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
        String sink = journal.status().kind();
        meters.counter(PeerscopeMeter.JOURNAL_CHANGES, journal, from -> from.status().lastSequence(), sink);
        meters.counter(PeerscopeMeter.JOURNAL_DROPPED, journal, from -> from.status().dropped(), sink);
        meters.gauge(PeerscopeMeter.JOURNAL_OLDEST_AGE, journal, from -> oldestAgeSeconds(from.status()), sink);
        meters.gauge(PeerscopeMeter.STREAM_SUBSCRIBERS, journal, from -> from.status().subscribers());
        meters.counter(PeerscopeMeter.STREAM_GAPS, journal, from -> from.status().gaps());
    }

    private double oldestAgeSeconds(JournalStatus status) {
        return status.oldestAt().map(at -> Duration.between(at, clock.instant()).toMillis() / MILLIS_PER_SECOND)
                .orElse(0.0);
    }
}
