package dev.peerscope.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of the demo: a text, and a picture or a file of the user's. */
final class DemoFiles {

    /** The user's file is held in memory. */
    static final long FILE_BYTES_MAX = 64L << 20;

    private static final String TEXT = "field-guide.txt";
    private static final String PICTURE = "swarm.png";

    private DemoFiles() {}

    /**
     * The text first.
     *
     * @throws IllegalArgumentException
     *             when the user's file is empty or too large
     * @throws UncheckedIOException
     *             when it cannot be read
     */
    static List<DemoDataset> load(DemoSettings settings) {
        var second = settings.file().map(file -> own(file, settings.blocks()))
                .orElseGet(() -> shipped(PICTURE, "image/png", settings.blocks()));
        return List.of(shipped(TEXT, "text/plain", settings.blocks()), second);
    }

    private static DemoDataset shipped(String name, String mimetype, int blocksMax) {
        try (var file = DemoFiles.class.getResourceAsStream("/demo/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the demo's file " + name + " is missing on the class path");
            }
            return DemoDataset.cut(file.readAllBytes(), blocksMax, name, Optional.of(mimetype));
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's file " + name + " cannot be read", e);
        }
    }

    private static DemoDataset own(Path file, int blocksMax) {
        try {
            long bytes = Files.size(file);
            if (bytes == 0 || bytes > FILE_BYTES_MAX) {
                throw new IllegalArgumentException("the demo shares a file of 1 to " + FILE_BYTES_MAX + " bytes, "
                        + file + " has " + bytes);
            }
            String name = String.valueOf(file.getFileName());
            return DemoDataset.cut(Files.readAllBytes(file), blocksMax, name,
                    Optional.ofNullable(URLConnection.guessContentTypeFromName(name)));
        } catch (IOException e) {
            throw new UncheckedIOException("the file that the demo is to share cannot be read: " + file, e);
        }
    }
}
