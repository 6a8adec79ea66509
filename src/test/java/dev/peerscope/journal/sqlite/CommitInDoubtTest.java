package dev.peerscope.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import dev.peerscope.peer.PeerId;

/** A commit can succeed though the disk says that it failed: what is kept then is not kept once more, and not lost. */
class CommitInDoubtTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final AtomicBoolean failing = new AtomicBoolean();

    @Test
    void whatWasCommittedAfterAllIsPassedOver() throws SQLException {
        try (var connection = Connections.writing(folder.resolve("history.db"))) {
            Schema.upgrade(connection, "history.db");
            var writing = new ChangeWriting(failingAfterCommit(connection), new Names(), 1_000);
            failing.set(true);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> writing.append(List.of(entry(1), entry(2)), List.of(), START));
            failing.set(false);

            writing.append(List.of(entry(1), entry(2), entry(3)), List.of(), START);

            assertThat(writing.last()).isEqualTo(3);
            assertThat(Sql.number(connection, "SELECT count(*) FROM change")).isEqualTo(3);
            assertThat(Sql.number(connection, "SELECT count(*) FROM gap")).isZero();
        }
    }

    private static JournalEntry entry(long sequence) {
        var blocks = new BlockSet.Leaves(Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1})),
                BlockRanges.ofIndex(sequence));
        return new JournalEntry(sequence, new PresenceChanged(START, PeerId.ofPublicKey(new byte[]{2}),
                PresenceChange.ADDED, PresenceReason.ANNOUNCED, blocks, Optional.of(Price.ZERO), Optional.empty(),
                PresenceState.UNKNOWN));
    }

    private Connection failingAfterCommit(Connection real) {
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Connection.class},
                (_, method, arguments) -> {
                    var result = call(() -> method.invoke(real, arguments));
                    return result instanceof Statement statement && method.getName().equals("createStatement")
                            ? failingAfterCommit(statement) : result;
                });
    }

    private Statement failingAfterCommit(Statement real) {
        return (Statement) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Statement.class},
                (_, method, arguments) -> {
                    var result = call(() -> method.invoke(real, arguments));
                    if (failing.get() && arguments != null && "COMMIT".equals(arguments[0])) {
                        throw new SQLException("disk I/O error");
                    }
                    return result;
                });
    }

    private interface Call {

        Object make() throws ReflectiveOperationException;
    }

    private static Object call(Call call) throws Throwable {
        try {
            return call.make();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
