package dev.peerscope.journal;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;

/**
 * A process that fills a journal as fast as its disk takes it, and tells on its standard output every entry that a reader is shown,
 * until it is killed. Arguments: folder, seed, last entry that the reader knows, changes that memory holds.
 */
final class ChurningJournal {

    private static final int PEERS = 50;
    /** Far from what the ring holds, so that nothing is lost but by the kill. */
    private static final int AHEAD_MAX = 20_000;
    private static final int FLUSH = 16;
    /** Before each line that is no log. */
    static final String SHOWN = "> ";
    /** The line that says that the history cannot be written. */
    static final String FAILING = "! failing";

    private ChurningJournal() {}

    public static void main(String[] arguments) throws Exception {
        var clock = InstantSource.system();
        var archive = SqliteChangeArchive.open(Path.of(arguments[0]), SqliteChangeArchiveTest.SMALL,
                new LimitRegister(),
                clock);
        var limits = new JournalLimits(Integer.parseInt(arguments[3]), JournalLimits.DEFAULT.ranges(), 8);
        var journal = PresenceJournal.archived(limits, new LimitRegister(), archive, clock);
        var reader = journal.subscribe(ChangeFilter.ALL, OptionalLong.of(Long.parseLong(arguments[2])));
        Thread.ofPlatform().daemon().start(() -> tell(journal, reader));
        var swarm = new RandomChanges(Long.parseLong(arguments[1]), PEERS);
        while (true) {
            swarm.next().forEach(journal::accept);
            while (journal.status().memory().lastSequence() - archive.status().lastSequence() > AHEAD_MAX) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }
    }

    private static void tell(PresenceJournal journal, Subscription reader) {
        var out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
        try {
            for (long told = 1;; told++) {
                switch (reader.next(Duration.ofSeconds(1))) {
                    case Change(JournalEntry entry) -> out.println(line(entry));
                    case Gap gap -> out.println(SHOWN + gap);
                    case Delivery.Idle _,Delivery.End _ -> {
                        if (journal.writeFailure().isPresent()) {
                            out.println(FAILING);
                        }
                        out.flush();
                    }
                }
                if (told % FLUSH == 0) {
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How such a process is started. */
    static List<String> command(Path folder, long seed, long last, int changes) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                ChurningJournal.class.getName(), folder.toString(), Long.toString(seed), Long.toString(last),
                Integer.toString(changes));
    }

    /** An entry, so that another process can tell whether it is the same. */
    static String line(JournalEntry entry) {
        return SHOWN + entry.sequence() + " " + entry.change();
    }
}
