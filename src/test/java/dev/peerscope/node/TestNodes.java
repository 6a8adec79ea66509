package dev.peerscope.node;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import dev.peerscope.Patience;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** Real nodes on loopback, closed together. */
final class TestNodes implements AutoCloseable {

    /** Refreshes fast enough for a test to wait for it. */
    static final EngineSettings BRISK = new EngineSettings(Duration.ofMillis(300), 10_000, Patience.LONG,
            Patience.LONG, 512, 3_000, false);

    private final List<TestNode> nodes = new ArrayList<>();

    /** A node and what happened to it. */
    record TestNode(ExchangeNode node, List<ExchangeEvent> events) {

        PeerAddress address() {
            return new PeerAddress(node.addresses().getFirst(), Optional.of(node.peerId()));
        }

        <T extends ExchangeEvent> List<T> events(Class<T> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        Connected connectTo(TestNode other) throws Exception {
            return node.connect(other.address(), Patience.LONG).get();
        }

        /** Imports blocks of 1 KiB with random data. */
        StoredDataset imports(int blocks, long seed) {
            byte[] data = new byte[blocks * 1024];
            new Random(seed).nextBytes(data);
            return node.content().importDataset(data, 1024, Optional.empty(), Optional.empty());
        }
    }

    TestNode start() {
        return start(settings -> settings);
    }

    /** A node whose store takes so many bytes. */
    TestNode start(long capacityBytes) {
        return start(settings -> settings, new MemoryBlockStore(capacityBytes));
    }

    TestNode start(UnaryOperator<NodeSettings> change) {
        return start(change, new MemoryBlockStore());
    }

    /** A node that keeps its blocks there. */
    TestNode start(UnaryOperator<NodeSettings> change, BlockStore store) {
        return start(change, store, new LimitRegister(), InstantSource.system());
    }

    /** A node whose peers may take so much memory. */
    TestNode start(MemoryBudget memory) {
        return start(settings -> settings, new MemoryBlockStore(), new LimitRegister(memory), InstantSource.system());
    }

    /** A node that shows the time of this clock. */
    TestNode start(InstantSource clock) {
        return start(settings -> settings, new MemoryBlockStore(), new LimitRegister(), clock);
    }

    private TestNode start(UnaryOperator<NodeSettings> change, BlockStore store, LimitRegister register,
            InstantSource clock) {
        var events = new CopyOnWriteArrayList<ExchangeEvent>();
        var node = new ExchangeNode(change.apply(NodeSettings.of(TestHost.patient()).withEngine(BRISK)),
                IdentityKey.generate(KeyType.SECP256K1), store, List.of(events::add), clock, NodeObserver.NONE,
                register);
        var started = new TestNode(node, events);
        nodes.add(started);
        node.start();
        return started;
    }

    @Override
    public void close() {
        nodes.forEach(one -> one.node.close());
    }
}
