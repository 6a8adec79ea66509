package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineInput.Rejection;
import dev.peerscope.engine.EngineInput.RejectionReason;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;
import dev.peerscope.peer.PeerId;

/**
 * A download from peers that take virtual time to deliver. All of them say that they have every block. They answer in messages of
 * several blocks, forget what is cancelled before it is on its way, and what is on its way arrives.
 */
final class SwarmSimulation {

    private static final String TREE = "a dataset in a simulation";
    private static final Block BLOCK = Block.of(CodexCodec.BLOCK, new byte[10]);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);

    /** How a peer delivers: so many blocks share a message, which takes so long; then nothing after so many blocks. */
    record Manner(String name, int blocksPerMessage, Duration perBlock, boolean valid, int blocksMax) {

        /** As fast as that, with the bursts of a real node. */
        static Manner honest(double blocksPerSecond) {
            return new Manner("honest", 20, perBlock(blocksPerSecond), true, Integer.MAX_VALUE);
        }

        static Manner dripping(Duration interval) {
            return new Manner("dripping", 1, interval, true, Integer.MAX_VALUE);
        }

        static Manner silent() {
            return new Manner("silent", 1, Duration.ZERO, true, 0);
        }

        static Manner lying() {
            return new Manner("lying", 20, Duration.ofMillis(1), false, Integer.MAX_VALUE);
        }

        /** Honest until it has delivered so many blocks. */
        static Manner stopping(double blocksPerSecond, int after) {
            return new Manner("stopping", 20, perBlock(blocksPerSecond), true, after);
        }

        private static Duration perBlock(double blocksPerSecond) {
            return Duration.ofNanos((long) (1e9 / blocksPerSecond));
        }
    }

    private record Event(Instant at, long number, Runnable act) {}

    private static final class Peer {

        final TestPeer self;
        final Manner manner;
        /** Asked of it and not on its way yet. */
        final Set<BlockAddress> queue = new LinkedHashSet<>();
        boolean busy;
        int sent;
        boolean gone;

        Peer(TestPeer self, Manner manner) {
            this.self = self;
            this.manner = manner;
        }
    }

    private final TestNode node;
    private final BlockSet dataset;
    private final long blockCount;
    private final Map<PeerId, Peer> peers = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private long eventCount;
    private int outputsSeen;
    private final List<String> cancelledAt = new ArrayList<>();
    private long requestsMade;

    SwarmSimulation(EngineSettings settings, long seed, int blocks) {
        node = new TestNode(settings, EngineLimits.DEFAULT, seed);
        dataset = Trees.leaves(TREE, 0, blocks - 1).getFirst();
        blockCount = blocks;
        node.wants("download", WantMode.FETCH, List.of(dataset));
    }

    /** A peer comes at that time and says that it has everything. */
    void joins(Duration after, Manner manner) {
        at(TestNode.START.plus(after), () -> {
            var peer = new Peer(new TestPeer(node, manner.name() + peers.size()), manner);
            peers.put(peer.self.id(), peer);
            node.connects(peer.self);
        });
    }

    /** Goes on until everything is there. Returns the time that this took. */
    Duration run(Duration atMost) {
        while (node.reader().remaining("download") > 0) {
            if (events.isEmpty() || events.peek().at().isAfter(node.clock.now())) {
                // What the node does by itself leads to events that come before the next one.
                node.clock.advance(TICK);
                obey();
            } else {
                events.poll().act().run();
                obey();
            }
            if (Duration.between(TestNode.START, node.clock.now()).compareTo(atMost) > 0) {
                throw new AssertionError(node.reader().remaining("download") + " of " + blockCount
                        + " blocks are missing after " + atMost + ", requested: "
                        + node.engine().requests().requested().all());
            }
        }
        return Duration.between(TestNode.START, node.clock.now());
    }

    TestNode node() {
        return node;
    }

    /** Names of the peers that were told not to deliver a block, once for each block. */
    List<String> cancelledAt() {
        return cancelledAt;
    }

    /** Want-blocks sent. */
    long requestsMade() {
        return requestsMade;
    }

    private void at(Instant time, Runnable act) {
        events.add(new Event(time, eventCount++, act));
    }

    private void in(Duration time, Runnable act) {
        at(node.clock.now().plus(time), act);
    }

    private void obey() {
        List<EngineOutput> outputs = node.allOutputs();
        while (outputsSeen < outputs.size()) {
            switch (outputs.get(outputsSeen++)) {
                case EngineOutput.Send(var to, _, var message, _) -> in(ROUND_TRIP, () -> hears(peer(to), message));
                case EngineOutput.VerifyAndStore verify -> in(Duration.ofMillis(1), () -> verified(verify));
                case EngineOutput.Disconnect(var whom, _, var reason, _) -> in(ROUND_TRIP, () -> {
                    peer(whom).gone = true;
                    node.disconnects(peer(whom).self, reason);
                });
                case EngineOutput.SendBlocks _,EngineOutput.WakeAt _,EngineOutput.Happened _ -> {
                    // Nobody asks for blocks here, and the clock knows when to wake.
                }
            }
        }
    }

    private Peer peer(PeerId id) {
        return peers.get(id);
    }

    private void hears(Peer peer, ExchangeMessage message) {
        var asked = new AddressSet();
        for (WantListEntry entry : TestNode.asReceived(message).wantList().entries()) {
            if (entry.cancel()) {
                peer.queue.remove(entry.address());
                cancelledAt.add(peer.manner.name());
            } else if (entry.wantType() == WantType.BLOCK) {
                peer.queue.add(entry.address());
                requestsMade++;
            } else {
                asked.add(entry.address());
            }
        }
        if (!asked.isEmpty() && !peer.gone) {
            node.receives(peer.self, ExchangeMessage.ofPresences(
                    asked.toBlockSets().stream().map(blocks -> BlockPresence.have(blocks, Price.ZERO)).toList()));
        }
        deliver(peer);
    }

    private void deliver(Peer peer) {
        if (peer.busy || peer.queue.isEmpty() || peer.sent >= peer.manner.blocksMax()) {
            return;
        }
        List<BlockDelivery> deliveries = new ArrayList<>();
        Iterator<BlockAddress> queue = peer.queue.iterator();
        while (queue.hasNext() && deliveries.size() < peer.manner.blocksPerMessage()) {
            deliveries.add(new BlockDelivery(queue.next(), BLOCK, Optional.empty()));
            queue.remove();
        }
        peer.busy = true;
        peer.sent += deliveries.size();
        in(peer.manner.perBlock().multipliedBy(deliveries.size()), () -> {
            peer.busy = false;
            if (!peer.gone) {
                node.receives(peer.self, ExchangeMessage.ofDeliveries(deliveries));
                deliver(peer);
            }
        });
    }

    private void verified(EngineOutput.VerifyAndStore verify) {
        List<BlockAddress> addresses = verify.deliveries().stream().map(BlockDelivery::address).toList();
        node.when(peer(verify.peer()).manner.valid()
                ? new EngineInput.DeliveryStored(verify.peer(), verify.session(), addresses, 10L * addresses.size())
                : new EngineInput.DeliveryRejected(verify.peer(), verify.session(), addresses.stream()
                        .map(address -> new Rejection(address, RejectionReason.DATA_MISMATCH)).toList()));
    }
}
