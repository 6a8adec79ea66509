package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.JournalEntry;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.PeerId;

/** The finished jar on a machine whose clock is 40 days ahead when it starts. */
@RequiresPrograms(value = "faketime", requiredBy = "peerscope.requireFaketime", otherwise = "nothing was tried with a clock that is wrong")
class WrongClockIT {

    private static final int KEPT = 200;
    private static final List<String> FORTY_DAYS_AHEAD = List.of("faketime", "-f", "+40d");
    /** Only the clock on the wall is wrong; the other of the two would make waits return at once. */
    private static final Map<String, String> WALL_ONLY = Map.of("FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "FAKETIME_FORCE_MONOTONIC_FIX", "0");

    @TempDir
    Path folder;

    @Test
    void nothingIsForgottenByAClockThatIsFortyDaysAheadUntilTheOperatorConfirmsIt() throws Exception {
        keepSome();
        for (int start = 1; start <= 2; start++) {
            try (var service = PeerscopeProcess.start(FORTY_DAYS_AHEAD, WALL_ONLY, folder)) {
                assertThat(history(service).path("status").asString()).as("start %d", start).isEqualTo("DEGRADED");
                assertThat(history(service).at("/details/clock").asString())
                        .contains("POST /api/v1/history/accept-clock");
                assertThat(service.log()).anyMatch(
                        line -> line.contains("WARN") && line.contains("the clock has jumped"));
                awaitASignOfLife();
                assertThat(changes(service)).as("start %d", start).isEqualTo(KEPT);
                if (start == 2) {
                    assertThat(service.post("/api/v1/history/accept-clock")).isEqualTo(204);

                    await().until(() -> changes(service) == 0);
                    assertThat(history(service).path("status").asString()).isEqualTo("UP");
                }
            }
        }
    }

    /** One each three hours, up to now; nothing of it is known any more, so that nothing is ended by the next start. */
    private void keepSome() {
        try (var archive = SqliteChangeArchive.open(folder, ArchiveLimits.DEFAULT, new LimitRegister(),
                InstantSource.system())) {
            var now = Instant.now();
            List<JournalEntry> entries = new ArrayList<>();
            for (int n = 1; n <= KEPT; n++) {
                entries.add(new JournalEntry(n, change(n, now.minus(Duration.ofHours(3).multipliedBy(KEPT - n)))));
            }
            archive.append(entries, List.of(), now);
        }
    }

    private static PresenceChanged change(int n, Instant at) {
        var block = new BlockSet.Leaves(Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1})),
                BlockRanges.ofIndex(0));
        boolean comes = n % 2 == 1;
        return new PresenceChanged(at, PeerId.ofPublicKey(new byte[]{2}),
                comes ? PresenceChange.ADDED : PresenceChange.REMOVED,
                comes ? PresenceReason.ANNOUNCED : PresenceReason.RELEASED, block,
                comes ? Optional.of(Price.ZERO) : Optional.empty(), comes ? Optional.empty() : Optional.of(Price.ZERO),
                comes ? PresenceState.UNKNOWN : PresenceState.HAVE);
    }

    private static JsonNode history(PeerscopeProcess service) {
        return service.get("/actuator/health").at("/components/history");
    }

    private static int changes(PeerscopeProcess service) {
        return service.get("/api/v1/presence-changes?limit=1000").path("items").size();
    }

    /** The second one: by then it was looked whether there is something to forget. */
    private void awaitASignOfLife() {
        long before = aliveAt();
        await().until(() -> aliveAt() > before + Duration.ofSeconds(5).toNanos() / 1_000);
    }

    private long aliveAt() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("history.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT alive_at FROM journal")) {
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
