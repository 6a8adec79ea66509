package dev.peerscope.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import dev.peerscope.Patience;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;

/**
 * A disk that is really full under a process that is killed: a small file system in memory where one may be mounted, otherwise a bound
 * on the size of the process's files. What was shown is in the file, and no number is shown with two contents.
 */
class FullDiskIT {

    private static final Pattern CHANGE = Pattern.compile(ChurningJournal.SHOWN + "(\\d+) .*");
    private static final Pattern GAP = Pattern.compile(ChurningJournal.SHOWN + "Gap\\[from=(\\d+), to=(\\d+), .*");
    /** Changes; fewer than happen while the disk is full. */
    private static final int MEMORY = 5_000;
    private static final int SMALL_MEGABYTES = 6;
    private static final int LARGE_MEGABYTES = 400;

    @TempDir
    Path folder;

    private final Map<Long, String> shown = new TreeMap<>();
    private long last;
    private long gaps;

    @Test
    void aKillWhileTheDiskIsFullMakesNoNumberStandForTwoChanges() throws Exception {
        try (var disk = SmallDisk.at(folder)) {
            for (int life = 1; life <= 2; life++) {
                disk.shrinks();
                try (var process = disk.start(last, life)) {
                    process.awaitLine(ChurningJournal.FAILING::equals);
                    process.kill();
                    remember(process.lines(), "full, life " + life);
                }
                disk.grows();
                verify("after the kill, life " + life);
            }
            // Once more, and this time the disk gets room again while the process lives.
            disk.shrinks();
            try (var process = disk.start(last, 3)) {
                process.awaitLine(ChurningJournal.FAILING::equals);
                disk.grows(process);
                process.awaitLine(line -> GAP.matcher(line).matches());
                process.kill();
                remember(process.lines(), "room again");
            }
            verify("after the last kill");
            assertThat(gaps).as("what memory could not hold is named").isPositive();
        }
    }

    private void remember(List<String> lines, String when) {
        for (String line : lines) {
            var change = CHANGE.matcher(line);
            var gap = GAP.matcher(line);
            if (change.matches()) {
                long sequence = Long.parseLong(change.group(1));
                assertThat(sequence).as(when).isEqualTo(last + 1);
                assertThat(shown.putIfAbsent(sequence, line)).as("%s: %d is shown once", when, sequence).isNull();
                last = sequence;
            } else if (gap.matches()) {
                assertThat(Long.parseLong(gap.group(1))).as(when).isEqualTo(last + 1);
                last = Long.parseLong(gap.group(2));
                gaps++;
            }
        }
    }

    private void verify(String when) {
        try (var archive = SqliteChangeArchive.open(folder, SqliteChangeArchiveTest.SMALL, new LimitRegister(),
                InstantSource.system())) {
            assertThat(archive.status().lastSequence()).as(when).isGreaterThanOrEqualTo(last);
            shown.forEach((sequence, line) -> assertThat(archive.find(sequence).map(ChurningJournal::line)).as(when)
                    .contains(line));
        }
    }

    /** Where the history lies. */
    private interface SmallDisk extends AutoCloseable {

        static SmallDisk at(Path folder) throws IOException, InterruptedException {
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_MEGABYTES + "m", "tmpfs",
                    folder.toString());
            System.out.println(mounted ? "the disk is a tmpfs" : "the disk is a bound on the size of files");
            return mounted ? new Mounted(folder) : new Bounded(folder);
        }

        void shrinks() throws IOException, InterruptedException;

        void grows() throws IOException, InterruptedException;

        void grows(Churning process) throws IOException, InterruptedException;

        Churning start(long last, int seed) throws IOException;

        @Override
        void close() throws IOException, InterruptedException;
    }

    private record Mounted(Path folder) implements SmallDisk {

        @Override
        public void shrinks() throws IOException, InterruptedException {
            // What the file system holds already has its room, and some megabytes more.
            long used;
            try (var files = Files.list(folder)) {
                used = files.mapToLong(file -> file.toFile().length()).sum();
            }
            remount(used / (1 << 20) + SMALL_MEGABYTES);
        }

        @Override
        public void grows() throws IOException, InterruptedException {
            remount(LARGE_MEGABYTES);
        }

        @Override
        public void grows(Churning process) throws IOException, InterruptedException {
            grows();
        }

        private void remount(long megabytes) throws IOException, InterruptedException {
            assertThat(run("mount", "-o", "remount,size=" + megabytes + "m", folder.toString())).isTrue();
        }

        @Override
        public Churning start(long last, int seed) throws IOException {
            return new Churning(ChurningJournal.command(folder, seed, last, MEMORY));
        }

        @Override
        public void close() throws IOException, InterruptedException {
            run("umount", folder.toString());
        }
    }

    private record Bounded(Path folder) implements SmallDisk {

        @Override
        public void shrinks() {
            // The process that starts next brings its bound.
        }

        @Override
        public void grows() {
            // As does who looks at the file afterwards: none.
        }

        @Override
        public void grows(Churning process) throws IOException, InterruptedException {
            assertThat(run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited")).isTrue();
        }

        @Override
        public Churning start(long last, int seed) throws IOException {
            List<String> bounded = new ArrayList<>(List.of("bash", "-c",
                    "ulimit -S -f $(( ($(cat \"$0\"/history.db* 2>/dev/null | wc -c) >> 10) + " + SMALL_MEGABYTES
                            + " * 1024 )); exec \"$@\"",
                    folder.toString()));
            bounded.addAll(ChurningJournal.command(folder, seed, last, MEMORY));
            return new Churning(bounded);
        }

        @Override
        public void close() {
            // Nothing was mounted.
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }
}
