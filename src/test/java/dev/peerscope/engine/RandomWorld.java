package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineInput.RejectionReason;
import dev.peerscope.event.DepartureReason;

/** Peers, watches, downloads and a store that do anything at any time, under limits so tight that they are met. */
final class RandomWorld {

    private static final String ALPHABET = "abcdefghMNO";
    private static final EngineSettings SETTINGS = new EngineSettings(Duration.ofSeconds(2), 10,
            Duration.ofSeconds(3), Duration.ofSeconds(8), 3, 4, false);
    private static final EngineLimits LIMITS = new EngineLimits(4, 5, 9, 2, 4, 10, 4, 5);

    private final SplittableRandom random;
    private final TestNode node;
    private final List<TestPeer> peers = new ArrayList<>();
    private final List<TestPeer> connected = new ArrayList<>();
    private final NaiveModel model = new NaiveModel(LIMITS);
    /** What the node asked for and the world has not done yet. */
    private final Deque<Runnable> owed = new ArrayDeque<>();
    private int seen;

    RandomWorld(long seed) {
        random = new SplittableRandom(seed);
        node = new TestNode(SETTINGS, LIMITS, seed);
        for (String name : List.of("alice", "bob", "carol", "dave", "erin")) {
            peers.add(new TestPeer(node, name));
        }
    }

    TestNode node() {
        return node;
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
            obey();
            model.assertSameWants(node);
        }
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0 -> connect();
            case 1 -> disconnect();
            case 2, 3, 4 -> tellPresence();
            case 5, 6 -> say(Sentence.wantBlock(letters(), random.nextInt(3)));
            case 7 -> say(Sentence.wantHave(letters()));
            case 8 -> say(Sentence.cancel(letters()));
            case 9, 10 -> say(Sentence.deliver(letters()));
            case 11 -> want(WantMode.WATCH, "watch" + random.nextInt(3));
            case 12 -> want(WantMode.FETCH, "download" + random.nextInt(3));
            case 13 -> release();
            case 14 -> hold();
            case 15 -> lose();
            case 16 -> stallOrRead();
            case 17 -> someone(node::refreshes);
            case 18 -> pay();
            default -> node.clock.advance(Duration.ofMillis(random.nextInt(4_000)));
        }
        if (random.nextBoolean()) {
            pay();
        }
    }

    private void connect() {
        TestPeer peer = peers.get(random.nextInt(peers.size()));
        if (!connected.contains(peer)) {
            node.connects(peer);
            if (node.reader().peer(peer.id()).isPresent()) {
                connected.add(peer);
            }
        }
    }

    private void disconnect() {
        someone(peer -> leave(peer, DepartureReason.CONNECTION_LOST));
    }

    private void leave(TestPeer peer, DepartureReason reason) {
        if (connected.remove(peer)) {
            node.disconnects(peer, reason);
        }
    }

    private void tellPresence() {
        someone(peer -> {
            Sentence have = Sentence.have(letters(), random.nextInt(3));
            Sentence deny = Sentence.dontHave(letters());
            node.receives(peer, have, deny);
            model.assertTold(node, peer, have, deny);
        });
    }

    private void say(Sentence sentence) {
        someone(peer -> node.receives(peer, sentence));
    }

    private void want(WantMode mode, String holder) {
        String letters = letters();
        node.wants(holder, mode, Letters.sets(letters));
        model.want(holder, mode, letters);
    }

    private void release() {
        String holder = (random.nextBoolean() ? "watch" : "download") + random.nextInt(3);
        node.releases(holder);
        model.release(holder);
    }

    private void hold() {
        String letters = letters();
        node.holds(letters);
        model.hold(Letters.blocks(letters));
    }

    private void lose() {
        String letters = letters();
        node.loses(letters);
        model.lose(Letters.blocks(letters));
    }

    private void stallOrRead() {
        someone(random.nextBoolean() ? node::stalls : node::reads);
    }

    private void pay() {
        Runnable next = owed.poll();
        if (next != null) {
            next.run();
        }
    }

    /** Notes what the node has asked for since the last step. */
    private void obey() {
        List<EngineOutput> outputs = node.allOutputs();
        while (seen < outputs.size()) {
            EngineOutput output = outputs.get(seen++);
            switch (output) {
                case EngineOutput.SendBlocks send -> owed.add(() -> sendBlocks(send));
                case EngineOutput.VerifyAndStore verify -> owed.add(() -> verify(verify));
                case EngineOutput.Disconnect drop -> owed.add(() -> peers.stream()
                        .filter(peer -> peer.id().equals(drop.peer()) && peer.session() == drop.session())
                        .forEach(peer -> leave(peer, drop.reason())));
                case EngineOutput.Happened(var event) -> model.accept(event);
                case EngineOutput.Send _,EngineOutput.WakeAt _ -> {
                    // Messages are written by the node; its clock knows when to wake it.
                }
            }
        }
    }

    private void sendBlocks(EngineOutput.SendBlocks send) {
        assertThat(send.addresses()).hasSizeBetween(1, BlockServing.BLOCKS_MAX);
        List<BlockAddress> missing = new ArrayList<>();
        List<BlockAddress> sent = new ArrayList<>();
        send.addresses().forEach(address -> (model.holds(address) ? sent : missing).add(address));
        node.when(new EngineInput.BlocksSent(send.peer(), send.session(), sent, missing, 10L * sent.size()));
        model.lose(missing);
    }

    private void verify(EngineOutput.VerifyAndStore verify) {
        List<BlockAddress> good = new ArrayList<>();
        List<EngineInput.Rejection> bad = new ArrayList<>();
        verify.deliveries().forEach(delivery -> {
            if (random.nextInt(3) > 0) {
                good.add(delivery.address());
            } else {
                bad.add(new EngineInput.Rejection(delivery.address(),
                        random.nextBoolean() ? RejectionReason.PROOF_WRONG : RejectionReason.STORE_FULL));
            }
        });
        if (!good.isEmpty()) {
            node.when(new EngineInput.DeliveryStored(verify.peer(), verify.session(), good, 10L * good.size()));
            model.hold(good);
        }
        if (!bad.isEmpty()) {
            node.when(new EngineInput.DeliveryRejected(verify.peer(), verify.session(), bad));
        }
    }

    private void someone(java.util.function.Consumer<TestPeer> act) {
        if (!connected.isEmpty()) {
            act.accept(connected.get(random.nextInt(connected.size())));
        }
    }

    private String letters() {
        int wished = 1 + random.nextInt(5);
        return random.ints(wished, 0, ALPHABET.length()).distinct().mapToObj(ALPHABET::charAt).map(String::valueOf)
                .collect(Collectors.joining());
    }
}
