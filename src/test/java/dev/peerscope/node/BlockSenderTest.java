package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.Block;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.engine.EngineInput.BlocksSent;
import dev.peerscope.engine.EngineOutput.SendBlocks;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.wire.BatchLimits;
import dev.peerscope.wire.Dialect;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.MessageEncoder;
import dev.peerscope.wire.WireLimits;
import dev.peerscope.wire.codex.CodexDialect;

class BlockSenderTest {

    /** The engine serves a peer nothing more until it hears of the blocks it has sent, which a leave settles as well. */
    @Test
    void aSessionInWhichBlocksCannotBeSentIsEnded() {
        var loop = new EngineLoop(new ScriptedEngine(), NodeObserver.NONE, InstantSource.system(), NodeLimits.DEFAULT,
                () -> true);
        var directory = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision());
        var links = new PeerLinks(loop, directory, new PeerStandings(),
                new PeerLink.Means(loop, new Unwritable(), WireLimits.DEFAULT,
                        NodeLimits.DEFAULT, NodeObserver.NONE, InstantSource.system(), directory,
                        new MemoryBudget(Long.MAX_VALUE), ReadingRule.DEFAULT, System::nanoTime));
        var store = new HookedStore();
        var block = Block.of(CodexCodec.BLOCK, new byte[]{1});
        store.put(block);
        var connection = FakeConnection.to(ALICE);
        links.connected(connection);
        try (loop; var storage = new StorageExecutor(NodeLimits.DEFAULT)) {
            loop.start(new RecordingEffects(), List.of(), _ -> {});

            new BlockSender(store, storage, loop, links, new CodexDialect().batchLimits())
                    .send(new SendBlocks(ALICE, 1, List.of(block.address())));

            await().untilAsserted(() -> assertThat(connection.closed).map(CloseReason::kind)
                    .contains(CloseReason.Kind.CONNECTION_LOST));
        }
    }

    @Test
    void aBlockThatCannotBeReadIsReportedAsMissing() {
        var engine = new ScriptedEngine();
        var loop = new EngineLoop(engine, NodeObserver.NONE, InstantSource.system(), NodeLimits.DEFAULT, () -> true);
        var directory = new PeerDirectory(NodeLimits.DEFAULT, _ -> {}, new Revision());
        var links = new PeerLinks(loop, directory, new PeerStandings(),
                new PeerLink.Means(loop, new CodexDialect(), WireLimits.DEFAULT,
                        NodeLimits.DEFAULT, NodeObserver.NONE, InstantSource.system(), directory,
                        new MemoryBudget(Long.MAX_VALUE), ReadingRule.DEFAULT, System::nanoTime));
        var store = new HookedStore();
        var block = Block.of(CodexCodec.BLOCK, new byte[]{1});
        store.put(block);
        store.beforeReading = () -> {
            throw new IllegalStateException("disk gone");
        };
        try (loop; var storage = new StorageExecutor(NodeLimits.DEFAULT)) {
            loop.start(new RecordingEffects(), List.of(), _ -> {});
            new BlockSender(store, storage, loop, links, new CodexDialect().batchLimits())
                    .send(new SendBlocks(ALICE, 1, List.of(block.address())));

            await().untilAsserted(() -> assertThat(engine.inputs).containsExactly(
                    new BlocksSent(ALICE, 1, List.of(), List.of(block.address()), 0)));
        }
    }

    /** A dialect with a defect in its writer. */
    private static final class Unwritable implements Dialect {

        private final Dialect codex = new CodexDialect();

        @Override
        public String protocolId() {
            return codex.protocolId();
        }

        @Override
        public MessageDecoder decoder(WireLimits limits) {
            return codex.decoder(limits);
        }

        @Override
        public MessageEncoder encoder() {
            throw new IllegalStateException("a defect of the writer");
        }

        @Override
        public BatchLimits batchLimits() {
            return codex.batchLimits();
        }
    }
}
