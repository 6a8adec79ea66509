package dev.peerscope.journal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The file with the history, held by one process at a time. */
final class ArchiveFile implements AutoCloseable {

    private static final String NAME = "history.db";
    private static final String LOCK_NAME = "history.lock";
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final FileChannel lock;

    private ArchiveFile(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes hold of the file in this folder.
     *
     * @throws HistoryRefused when another process has it, or the folder cannot be written
     */
    static ArchiveFile hold(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(folder.resolve(LOCK_NAME), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new HistoryRefused(
                        "the history in " + folder.toAbsolutePath() + " is in use by another process; stop it, "
                                + "or give this one a data directory of its own (peerscope.data-directory)");
            }
            return new ArchiveFile(folder, channel);
        } catch (IOException e) {
            throw new HistoryRefused(
                    "the folder " + folder.toAbsolutePath() + " cannot be written, so no history can be kept in it: "
                            + e + "; see peerscope.data-directory, or set peerscope.history.durable to false",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return folder.resolve(NAME);
    }

    /** Renames what cannot be read, so that nobody loses it, and answers with its new name. */
    Path moveAside(Instant now) throws IOException {
        String name = NAME + ".unreadable-" + STAMP.format(now);
        for (String suffix : SUFFIXES) {
            Path part = folder.resolve(NAME + suffix);
            if (Files.exists(part)) {
                Files.move(part, folder.resolve(name + suffix));
            }
        }
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
