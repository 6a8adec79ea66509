package dev.peerscope.api;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.journal.JournalStatus.Disk;

/**
 * Degraded while presence changes cannot be kept on disk, or the oldest not be forgotten there. A status of its own, which does not
 * count for the whole: what peers have now is answered as ever, what changes waits in memory, and to start the service anew would lose just that.
 */
@Component
final class HistoryHealthIndicator implements HealthIndicator {

    private static final String DEGRADED = "DEGRADED";

    private final ChangeJournal journal;

    HistoryHealthIndicator(ChangeJournal journal) {
        this.journal = journal;
    }

    @Override
    public Health health() {
        return journal.status().disk().flatMap(Disk::failure)
                .map(failure -> Health.status(DEGRADED).withDetail("failure", failure).build())
                .orElseGet(() -> Health.up().build());
    }
}
