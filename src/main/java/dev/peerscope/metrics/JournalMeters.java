package dev.peerscope.metrics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import dev.peerscope.event.LimitName;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.journal.JournalStatus;
import dev.peerscope.journal.LimitTally;

/** Meters of the journal, of its live readers, and of how often bounds were met. */
public final class JournalMeters implements MeterBinder {

    /** The bounds that are the journal's own. */
    static final Set<LimitName> LIMITS = Set.of(LimitName.CHANGE_HISTORY, LimitName.STREAM_SUBSCRIBERS);

    private static final double MILLIS_PER_SECOND = 1_000;

    private final ChangeJournal journal;
    private final LimitTally tally;
    private final InstantSource clock;

    /** Meters of this journal. */
    public JournalMeters(ChangeJournal journal, LimitTally tally, InstantSource clock) {
        this.journal = journal;
        this.tally = tally;
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
        bindLimits(meters);
    }

    private void bindLimits(Meters meters) {
        for (var limit : LimitName.values()) {
            meters.counter(PeerscopeMeter.LIMIT_MET, tally, counts -> counts.times(limit), limit.text());
        }
        String history = LimitName.CHANGE_HISTORY.text();
        String readers = LimitName.STREAM_SUBSCRIBERS.text();
        meters.gauge(PeerscopeMeter.LIMIT, journal, from -> from.status().capacity(), history);
        meters.gauge(PeerscopeMeter.LIMIT_USED, journal, from -> from.status().retained(), history);
        meters.gauge(PeerscopeMeter.LIMIT, journal, from -> from.status().subscribersMax(), readers);
        meters.gauge(PeerscopeMeter.LIMIT_USED, journal, from -> from.status().subscribers(), readers);
    }

    private double oldestAgeSeconds(JournalStatus status) {
        return status.oldestAt().map(at -> Duration.between(at, clock.instant()).toMillis() / MILLIS_PER_SECOND)
                .orElse(0.0);
    }
}
