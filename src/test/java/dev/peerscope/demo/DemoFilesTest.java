package dev.peerscope.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {

    @TempDir
    Path folder;

    @Test
    void twoFilesComeWithTheDemoEachInSomeHundredBlocks() throws IOException {
        var datasets = DemoFiles.load(DemoSettings.DEFAULT);

        assertThat(datasets).extracting(DemoDataset::filename).containsExactly("field-guide.txt", "swarm.png");
        assertThat(datasets).extracting(DemoDataset::blockCount).allMatch(count -> count > 128 && count <= 256);
        assertThat(new String(joined(datasets.getFirst()), UTF_8)).startsWith("A FIELD GUIDE TO A SWARM");
        assertThat(ImageIO.read(new ByteArrayInputStream(joined(datasets.getLast())))).isNotNull();
    }

    @Test
    void aFileOfTheUsersTakesThePlaceOfThePicture() throws IOException {
        var file = Files.write(folder.resolve("notes.txt"), new byte[100_000]);

        var datasets = DemoFiles.load(sharing(file));

        assertThat(datasets).extracting(DemoDataset::filename).containsExactly("field-guide.txt", "notes.txt");
        assertThat(datasets.getLast().dataset().manifest()).satisfies(manifest -> {
            assertThat(manifest.datasetSize()).isEqualTo(100_000);
            assertThat(manifest.blockSize()).isEqualTo(512);
            assertThat(manifest.mimetype()).contains("text/plain");
        });
    }

    @Test
    void aFileThatIsEmptyOrNotThereIsRefusedByName() throws IOException {
        var empty = Files.createFile(folder.resolve("empty"));

        assertThatThrownBy(() -> DemoFiles.load(sharing(empty))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(empty.toString());
        assertThatThrownBy(() -> DemoFiles.load(sharing(folder.resolve("nowhere"))))
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("nowhere");
    }

    private static DemoSettings sharing(Path file) {
        return new DemoSettings(6, 256, Duration.ofSeconds(40), 1, Optional.of(file));
    }

    private static byte[] joined(DemoDataset dataset) {
        var bytes = new ByteArrayOutputStream();
        for (int index = 0; index < dataset.blockCount(); index++) {
            bytes.write(dataset.blocks().get(index).data(), 0, dataset.dataset().manifest().dataLength(index));
        }
        return bytes.toByteArray();
    }
}
