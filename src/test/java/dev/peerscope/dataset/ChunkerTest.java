package dev.peerscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.vectors.GoldenVectors;

class ChunkerTest {

    private static final Optional<String> NONE = Optional.empty();

    @ParameterizedTest
    @CsvSource({"1, 10, 1", "10, 10, 1", "11, 10, 2", "25, 10, 3", "200000, 65536, 4"})
    void dataIsCutIntoEqualBlocksAndTheLastIsFilledWithZeros(int size, int blockSize, int blocks) {
        byte[] data = randomData(size);
        Chunker chunker = new Chunker(data, blockSize);

        List<Block> cut = takeAll(chunker);

        assertThat(cut).hasSize(blocks).allMatch(Block::matches);
        assertThat(joined(cut, blockSize)).isEqualTo(Arrays.copyOf(data, blocks * blockSize));
        assertThat(chunker.finish(NONE, NONE).manifest().datasetSize()).isEqualTo(size);
    }

    @Test
    void everyBlockOfADatasetIsProvenByItsTree() {
        Chunker chunker = new Chunker(randomData(1_050), 100);
        List<Block> cut = takeAll(chunker);

        Dataset dataset = chunker.finish(Optional.of("eleven.bin"), NONE);
        for (int i = 0; i < cut.size(); i++) {
            BlockAddress.Leaf address = dataset.manifest().address(i);
            assertThat(dataset.tree().proof(i).proves(address, cut.get(i).cid())).isTrue();
        }
        assertThat(Manifest.of(dataset.manifestBlock())).isEqualTo(dataset.manifest());
        assertThat(dataset.manifest().filename()).contains("eleven.bin");
    }

    /** The data behind the golden trees, whose leaves are 64 bytes each. */
    @Test
    void dataThatARealNodeHashedGetsTheTreeOfTheRealNode() {
        byte[] data = new byte[320];
        for (int k = 0; k < data.length; k++) {
            int leaf = k / 64;
            int place = k % 64;
            data[k] = (byte) ((100 + leaf) * 31 + place * 7 + place / 256);
        }
        Chunker chunker = new Chunker(data, 64);
        takeAll(chunker);

        Dataset dataset = chunker.finish(NONE, NONE);

        assertThat(dataset.tree().encode()).isEqualTo(GoldenVectors.named("merkletree_5").bytes());
        assertThat(dataset.treeCid())
                .isEqualTo(Cid.parse(GoldenVectors.named("merkletree_5").value().get("rootCid").get("nim").asString()));
    }

    @Test
    void aStreamThatGivesItsBytesInPiecesIsCutTheSame() {
        byte[] data = randomData(777);
        Chunker whole = new Chunker(data, 50);
        Chunker pieces = new Chunker(new OneByteAtATime(data), 50);

        assertThat(takeAll(pieces)).isEqualTo(takeAll(whole));
        assertThat(pieces.finish(NONE, NONE)).isEqualTo(whole.finish(NONE, NONE));
    }

    @Test
    void noMoreIsReadThanTheBlocksThatWereAskedFor() {
        ByteArrayInputStream data = new ByteArrayInputStream(randomData(1_000));
        Chunker chunker = new Chunker(data, 10);

        chunker.next();

        assertThat(data.available()).isEqualTo(990);
        assertThat(chunker.datasetSize()).isEqualTo(10);
    }

    @Test
    void noDataMakesNoDataset() {
        Chunker chunker = new Chunker(new byte[0], 10);

        assertThat(chunker.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(chunker::next);
        assertThatExceptionOfType(EmptyDataset.class).isThrownBy(() -> chunker.finish(NONE, NONE));
    }

    @Test
    void aDatasetIsNotFinishedWhileABlockIsLeft() {
        Chunker chunker = new Chunker(randomData(20), 10);
        chunker.next();

        assertThatIllegalStateException().isThrownBy(() -> chunker.finish(NONE, NONE));
    }

    @Test
    void aStreamThatFailsSaysHowFarItCame() {
        Chunker chunker = new Chunker(new FailsAfter(25), 10);
        chunker.next();
        chunker.next();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(chunker::hasNext)
                .withMessageContaining("after 20 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
    void aBlockSizeThatNoManifestCanStateIsRefused(int blockSize) {
        assertThatExceptionOfType(InvalidManifest.class).isThrownBy(() -> new Chunker(new byte[1], blockSize));
    }

    @Test
    void aManifestOfAnotherTreeIsNoDataset() {
        MerkleTree tree = MerkleTreeTest.treeOf(3);
        Manifest other = Manifest.plain(MerkleTreeTest.treeOf(4).treeCid(), 10, 30);
        Manifest shorter = Manifest.plain(tree.treeCid(), 10, 20);

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Dataset(other, tree));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Dataset(shorter, tree));
    }

    private static List<Block> takeAll(Chunker chunker) {
        List<Block> blocks = new ArrayList<>();
        chunker.forEachRemaining(blocks::add);
        return blocks;
    }

    private static byte[] joined(List<Block> blocks, int blockSize) {
        byte[] all = new byte[blocks.size() * blockSize];
        for (int i = 0; i < blocks.size(); i++) {
            System.arraycopy(blocks.get(i).data(), 0, all, i * blockSize, blockSize);
        }
        return all;
    }

    private static byte[] randomData(int size) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        return data;
    }

    private static final class OneByteAtATime extends InputStream {

        private final ByteArrayInputStream data;

        OneByteAtATime(byte[] data) {
            this.data = new ByteArrayInputStream(data);
        }

        @Override
        public int read() {
            return data.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return data.read(into, offset, Math.min(1, length));
        }
    }

    private static final class FailsAfter extends InputStream {

        private int left;

        FailsAfter(int left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left-- <= 0) {
                throw new IOException("the disk is gone");
            }
            return 7;
        }
    }
}
