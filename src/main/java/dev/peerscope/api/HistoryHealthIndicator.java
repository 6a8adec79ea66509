package dev.peerscope.api;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.journal.JournalStatus.Disk;

/**
 * Degraded while presence changes cannot be kept on disk, or the oldest not be forgotten there, the clock being in doubt included. A status of its own, which does not
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
        var disk = journal.status().disk();
        Map<String, Object> details = new LinkedHashMap<>();
        disk.flatMap(Disk::failure).ifPresent(failure -> details.put("failure", failure));
        disk.flatMap(Disk::clockJump).ifPresent(jump -> details.put("clock", jump.sentence()));
        return (details.isEmpty() ? Health.up() : Health.status(DEGRADED)).withDetails(details).build();
    }
}
