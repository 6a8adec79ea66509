package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.engine.EngineLimits;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEvent.FetchFailed;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.node.HeldBlocksListener.HeldBlock;
import dev.peerscope.store.MemoryBlockStore;

/** Downloads beside an engine that the test scripts. */
@Timeout(120)
class DownloadsTest {

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, cid(0).multihash());

    private final ScriptedEngine engine = new ScriptedEngine();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, InstantSource.system(),
            NodeLimits.DEFAULT, () -> true);
    private final WantBudget budget = new WantBudget(EngineLimits.DEFAULT, loop);
    private final Downloads downloads = new Downloads(loop,
            new ManifestFetcher(loop, new MemoryBlockStore(), Runnable::run), budget, new Revision(),
            NodeLimits.DEFAULT, InstantSource.system());

    private final LimitRegister register = new LimitRegister();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aDownloadWhoseQuestionFailsIsNotLeftRunning() {
        loop.start(new RecordingEffects(), List.of(), _ -> {});

        String id = downloads.create(blocks(3)).id();

        await().until(() -> downloads.find(id).orElseThrow().state() == DownloadState.FAILED);
        assertThat(downloads.find(id).orElseThrow().failure().orElseThrow()).contains("the log of the service");
        budget.register(register);
        assertThat(register.use(LimitName.WANT_HOLDERS).used()).isZero();
    }

    @Test
    void bytesOfItsBlocksCountAndOthersDoNot() {
        String singles = downloads.create(blocks(10_000)).id();
        String leaves = downloads.create(new WantedContent.OfRanges(TREE, BlockRanges.parse("5-9,20"))).id();

        downloads.held(List.of(single(9_999), single(10_000), leaf(4), leaf(5), leaf(20), leaf(21)));

        assertThat(downloads.find(singles).orElseThrow().bytesDone()).isEqualTo(1);
        assertThat(downloads.find(leaves).orElseThrow().bytesDone()).isEqualTo(2);
    }

    /** Storage threads count what they have stored for a long time where it is much: nobody waits for that. */
    @Test
    void whileStoredBlocksAreCountedEventsAndReadsGoOn() throws Exception {
        String id = downloads.create(blocks(3)).id();
        var counting = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var storing = Thread.ofVirtual().start(() -> downloads.held(heldUntil(counting, goOn)));
        counting.await();

        downloads.accept(new ExchangeEvent.LimitMet(Instant.EPOCH, LimitName.WANTS,
                Optional.empty(), 1));
        assertThat(downloads.all()).hasSize(1);
        assertThat(downloads.datasets()).isEmpty();
        downloads.register(register);
        assertThat(register.use(LimitName.ENDED_DOWNLOADS).used()).isZero();
        assertThat(downloads.create(blocks(2)).state()).isEqualTo(DownloadState.RUNNING);
        downloads.accept(new FetchFailed(Instant.EPOCH, id, new BlockSet.Single(cid(1))));
        assertThat(downloads.find(id).orElseThrow().state()).isEqualTo(DownloadState.FAILED);

        goOn.countDown();
        storing.join();
        assertThat(downloads.find(id).orElseThrow().bytesDone()).isZero();
    }

    /** An event that downloads have no part in does not even look for the lock. */
    @Test
    void anEventOfAnotherKindWaitsForNobody() throws Exception {
        var held = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var holder = Thread.ofPlatform().start(() -> {
            synchronized (downloads) {
                held.countDown();
                awaitQuietly(goOn);
            }
        });
        held.await();

        downloads.accept(new ExchangeEvent.LimitMet(Instant.EPOCH, LimitName.WANTS,
                Optional.empty(), 1));

        goOn.countDown();
        holder.join();
    }

    private static List<HeldBlock> heldUntil(CountDownLatch looked, CountDownLatch goOn) {
        return new AbstractList<>() {
            @Override
            public HeldBlock get(int index) {
                looked.countDown();
                awaitQuietly(goOn);
                return single(index);
            }

            @Override
            public int size() {
                return 3;
            }
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static WantedContent blocks(int count) {
        return new WantedContent.OfBlocks(IntStream.range(0, count).mapToObj(DownloadsTest::cid).toList());
    }

    private static HeldBlock single(int number) {
        return new HeldBlock(new BlockAddress.Standalone(cid(number)), 1);
    }

    private static HeldBlock leaf(long index) {
        return new HeldBlock(new BlockAddress.Leaf(TREE, index), 1);
    }

    private static Cid cid(int number) {
        return Block.of(CodexCodec.BLOCK, Integer.toString(number).getBytes(StandardCharsets.UTF_8))
                .cid();
    }
}
