package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import dev.peerscope.block.Block;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.dataset.Manifest;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.vectors.GoldenVectors;

/** Whatever a manifest says, a watch or download of it is settled at once: it goes on with what it needs, or has failed and says why. */
class OddManifestsTest {

    /** By the multicodec table. */
    private static final long SHA2_512 = 0x13;
    private static final Cid TREE = tree(Multihash.SHA2_256);
    private static final long MANY = 1L << 62;

    private final long seed = Long.getLong("peerscope.test.seed", System.nanoTime());
    private final TestNodes nodes = new TestNodes();
    private final TestNode alice = nodes.start();

    @AfterEach
    void closeNodes() {
        nodes.close();
    }

    @Test
    void anEmptyDatasetIsWatchedWithoutBlocks() throws Exception {
        var manifest = GoldenVectors.named("manifest_zero_size").bytes();

        var watch = watched(manifest);

        assertThat(watch.state()).isEqualTo(WatchState.ACTIVE);
        assertThat(watch.blockCount()).hasValue(0);
        assertThat(watch.treeCid()).contains(Manifest.decode(manifest).treeCid());
        assertThat(alice.node().read(reader -> reader.counts().wants().values().stream().mapToLong(n -> n).sum()).get())
                .isZero();
    }

    @Test
    void anEmptyDatasetIsDownloadedWithoutAsking() {
        var download = downloaded(GoldenVectors.named("manifest_zero_size").bytes());

        assertThat(download.state()).isEqualTo(DownloadState.DONE);
        assertThat(download.blocksTotal()).isZero();
        assertThat(download.bytesTotal()).hasValue(0);
        assertThat(download.bytesDone()).isZero();
    }

    @Test
    void anEmptyDatasetGivesBackItsPlace() {
        var manifest = GoldenVectors.named("manifest_zero_size").bytes();
        for (int i = 0; i < 3; i++) {
            alice.node().watches().delete(watched(manifest).id());
            alice.node().downloads().delete(downloaded(manifest).id());
        }
        assertThat(alice.node().watches().all()).isEmpty();
        assertThat(alice.node().downloads().all()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void whatCannotBeWantedFailsWithASentence(String name, byte[] manifest, String sentence) {
        assertThat(watched(manifest)).as(name).satisfies(watch -> {
            assertThat(watch.state()).isEqualTo(WatchState.FAILED);
            assertThat(watch.failure().orElseThrow()).contains(sentence);
        });
        assertThat(downloaded(manifest)).as(name).satisfies(download -> {
            assertThat(download.state()).isEqualTo(DownloadState.FAILED);
            assertThat(download.failure().orElseThrow()).contains(sentence);
        });
    }

    static List<Object[]> whatCannotBeWantedFailsWithASentence() {
        return List.of(new Object[]{"no block size", manifest(TREE, 0, 10), "blocks of 0 bytes, expected 1"},
                new Object[]{"a block size beyond all messages", manifest(TREE, 0xffff_ffffL, 10),
                        "blocks of 4294967295"},
                new Object[]{"a size of 2^64-1", manifest(TREE, 1, -1), "expected less than 2^63"},
                new Object[]{"a size of 2^63-1", manifest(TREE, 1, Long.MAX_VALUE), "indices go up to"},
                new Object[]{"a size of 2^63-1 in large blocks", manifest(TREE, 100 << 20, Long.MAX_VALUE),
                        "indices go up to"},
                new Object[]{"more blocks than indices", manifest(TREE, 1, 1L << 31), "indices go up to"},
                new Object[]{"more blocks than may be wanted", manifest(TREE, 1, (1L << 31) - 1), "cannot be wanted"},
                new Object[]{"a tree that is a manifest",
                        manifest(Cid.v1(CodexCodec.MANIFEST, TREE.multihash()), 1024, 10), "is no tree"},
                new Object[]{"a tree by a hash that not every peer reads", manifest(tree(SHA2_512), 1024, 10),
                        "not every peer can read"},
                new Object[]{"no protobuf", new byte[]{1, 2, 3}, "holds no manifest"},
                new Object[]{"nothing at all", new byte[0], "holds no manifest"});
    }

    @ParameterizedTest
    @MethodSource
    void manifestsOfRealNodesAreWanted(String vector, long blocks) {
        var manifest = GoldenVectors.named(vector).bytes();

        assertThat(watched(manifest)).satisfies(watch -> {
            assertThat(watch.state()).isEqualTo(WatchState.ACTIVE);
            assertThat(watch.blockCount()).hasValue(blocks);
        });
        assertThat(downloaded(manifest)).satisfies(download -> {
            assertThat(download.state()).isEqualTo(DownloadState.RUNNING);
            assertThat(download.blocksTotal()).isEqualTo(blocks);
        });
    }

    static List<Object[]> manifestsOfRealNodesAreWanted() {
        return List.of("manifest_plain", "manifest_protected", "manifest_verifiable").stream()
                .map(name -> new Object[]{name, Manifest.decode(GoldenVectors.named(name).bytes()).blocksCount()})
                .toList();
    }

    @Test
    void anyManifestLeadsToASettledState(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        var random = new Random(seed);
        var outcomes = new TreeMap<String, Integer>();
        for (int round = 0; round < 300; round++) {
            byte[] manifest = random.nextBoolean() ? randomManifest(random) : mutated(random);
            String where = "seed " + seed + ", round " + round;

            var watch = watched(manifest);
            var download = downloaded(manifest);

            assertThat(watch.failure().isPresent()).as(where).isEqualTo(watch.state() == WatchState.FAILED);
            assertThat(watch.failure().orElse("")).as(where).doesNotContain("unexpected");
            assertThat(download.failure()).as(where).isEqualTo(watch.failure());
            outcomes.merge(watch.state() + " " + download.state(), 1, Integer::sum);
            alice.node().watches().delete(watch.id());
            alice.node().downloads().delete(download.id());
            alice.node().downloads().delete(download.id());
        }
        reporter.publishEntry(Map.of("outcomes", outcomes.toString()));
        assertThat(outcomes.keySet()).as("seed %d", seed).contains("ACTIVE DONE", "ACTIVE RUNNING", "FAILED FAILED");
    }

    /** The watch as soon as it is no longer resolving. */
    private Watch watched(byte[] manifest) {
        String id = alice.node().watches().create(held(manifest)).id();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> alice.node().watches().find(id).orElseThrow().state() != WatchState.RESOLVING);
        return alice.node().watches().find(id).orElseThrow();
    }

    /** The download as soon as it has ended or knows its blocks. */
    private Download downloaded(byte[] manifest) {
        String id = alice.node().downloads().create(held(manifest)).id();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(
                () -> alice.node().downloads().find(id).orElseThrow(),
                one -> one.state() != DownloadState.RUNNING || one.blocksTotal() > 0);
        return alice.node().downloads().find(id).orElseThrow();
    }

    private WantedContent held(byte[] manifest) {
        var block = Block.of(CodexCodec.MANIFEST, manifest);
        alice.node().content().put(block);
        return new WantedContent.OfManifest(block.cid());
    }

    /** Every size has its edges in it, and all that lies between. */
    private static byte[] randomManifest(Random random) {
        long[] edges = {0, 1, 2, 1023, 1024, 65_536, 1L << 31, (1L << 31) - 1, 1L << 32, MANY, Long.MAX_VALUE};
        long size = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> edges[random.nextInt(edges.length)];
            case 2 -> random.nextLong(1, 100_000);
            default -> random.nextLong();
        };
        long blockSize = random.nextBoolean() ? 65_536 : edges[random.nextInt(edges.length)] & 0xffff_ffffL;
        return manifest(tree(random.nextInt(5) == 0 ? SHA2_512 : Multihash.SHA2_256), blockSize, size);
    }

    /** A real one with some bytes changed, so that what still decodes says anything. */
    private static byte[] mutated(Random random) {
        var names = List.of("manifest_plain", "manifest_protected", "manifest_verifiable", "manifest_filename");
        byte[] bytes = GoldenVectors.named(names.get(random.nextInt(names.size()))).bytes().clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static Cid tree(long hash) {
        byte[] digest = new byte[hash == Multihash.SHA2_256 ? 32 : 64];
        return Cid.v1(CodexCodec.ROOT, Multihash.of(hash, digest));
    }

    /** As Codex writes it, with numbers that our own writer would refuse. */
    private static byte[] manifest(Cid tree, long blockSize, long datasetSize) {
        var header = new ByteArrayOutputStream();
        header.write(0x0a);
        varint(header, tree.toBytes().length);
        header.writeBytes(tree.toBytes());
        field(header, 2, blockSize);
        field(header, 3, datasetSize);
        field(header, 4, CodexCodec.BLOCK.code());
        field(header, 5, Multihash.SHA2_256);
        field(header, 6, 2);
        var manifest = new ByteArrayOutputStream();
        manifest.write(0x0a);
        varint(manifest, header.size());
        manifest.writeBytes(header.toByteArray());
        return manifest.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, long value) {
        out.write(number << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        for (; (left & ~0x7fL) != 0; left >>>= 7) {
            out.write((int) (left & 0x7f | 0x80));
        }
        out.write((int) left);
    }
}
