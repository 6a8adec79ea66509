package dev.peerscope.demo;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.WantedContent;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;

/**
 * The demo: peers of its own around the inspected node, and a thread that has them play the script, round after round. Safe
 * for use by any thread; starts once.
 */
public final class DemoSwarm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoSwarm.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final DemoSettings settings;
    private final ExchangeNode inspected;
    private final InstantSource clock;
    private final List<DemoDataset> datasets;
    private final DemoScript script;
    private final DemoOperator operator;
    private volatile List<DemoPeer> peers = List.of();
    private @Nullable Thread thread;

    /**
     * A peer of the swarm.
     *
     * @param addresses
     *            where it listens; none while it is away
     */
    public record Member(PeerId peer, List<Multiaddr> addresses) {}

    /** A dataset that the swarm trades. */
    public record Offer(Cid manifestCid, Cid treeCid, int blockCount, String filename) {}

    /**
     * Reads the files.
     *
     * @param inspected
     *            must have been started before this is
     * @throws IllegalArgumentException
     *             when the user's file is empty or too large
     * @throws java.io.UncheckedIOException
     *             when it cannot be read
     */
    public DemoSwarm(DemoSettings settings, ExchangeNode inspected, InstantSource clock) {
        this.settings = settings;
        this.inspected = inspected;
        this.clock = clock;
        this.datasets = DemoFiles.load(settings);
        this.script = new DemoScript(settings, datasets.stream().map(DemoDataset::blockCount).toList());
        this.operator = new DemoOperator(inspected, datasets);
    }

    /**
     * Begins, in a thread of its own.
     *
     * @throws IllegalStateException
     *             when the inspected node listens nowhere
     */
    public synchronized void start() {
        var address = inspected.addresses().stream().findFirst().orElseThrow(() -> new IllegalStateException(
                "the demo's peers dial the inspected node, which listens nowhere: set peerscope.listen-addresses"));
        var target = new PeerAddress(address, Optional.of(inspected.peerId()));
        peers = IntStream.range(0, settings.peers())
                .mapToObj(number -> new DemoPeer(DemoIdentity.of(settings.seed(), number), target, clock)).toList();
        LOG.info("demo swarm: {} peers on loopback trade {} with this node; without profile demo they stay away",
                settings.peers(), datasets.stream().map(DemoDataset::filename).collect(Collectors.joining(" and ")));
        thread = Thread.ofPlatform().name("demo").daemon().start(this::play);
    }

    /** Ends the play; every peer leaves. */
    @Override
    public synchronized void close() {
        var playing = thread;
        thread = null;
        if (playing == null) {
            return;
        }
        playing.interrupt();
        try {
            if (!playing.join(CLOSE_TIMEOUT)) {
                LOG.debug("demo did not end in time: timeout={} ms", CLOSE_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The peers, those that are away included. */
    public List<Member> members() {
        return peers.stream().map(peer -> new Member(peer.peerId(), peer.addresses())).toList();
    }

    public List<Offer> offers() {
        return datasets.stream().map(dataset -> new Offer(dataset.manifestCid(), dataset.dataset().treeCid(),
                dataset.blockCount(), dataset.filename())).toList();
    }

    private void play() {
        try {
            stock();
            for (long begins = System.nanoTime();; begins += settings.pace().toNanos()) {
                for (var cue : script.nextRound()) {
                    sleepUntil(begins + cue.at().toNanos());
                    perform(cue.act());
                }
                sleepUntil(begins + settings.pace().toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("the demo ends");
        } catch (RuntimeException | Error e) {
            LOG.error("the demo failed and ends", e);
            throw e;
        } finally {
            leaveTogether();
        }
    }

    /** One after the other they could take a farewell's time each. */
    private void leaveTogether() {
        peers.stream().map(peer -> Thread.ofVirtual().name("demo-leave").start(peer::leave)).toList()
                .forEach(DemoSwarm::await);
    }

    private static void await(Thread leaving) {
        try {
            leaving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stock() {
        for (int number = 0; number < datasets.size(); number++) {
            for (int peer = 0; peer < peers.size(); peer++) {
                datasets.get(number).stock(peers.get(peer).store(), script.holds(peer, number));
            }
            operator.stock(new DemoBlocks(number, script.weHold(number)));
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    /** An act that fails, say because a limit was met or the operator did something else, is left out. */
    private void perform(DemoAct act) {
        try {
            switch (act) {
                case DemoAct.OfPeer ofPeer -> perform(peers.get(ofPeer.peer()), ofPeer);
                case DemoAct.OfInspected ofInspected -> operator.perform(ofInspected);
            }
            LOG.debug("demo: {}", act);
        } catch (RuntimeException e) {
            LOG.warn("demo: left out {}", act, e);
        }
    }

    private void perform(DemoPeer peer, DemoAct.OfPeer act) {
        switch (act) {
            case DemoAct.PeerJoins _ -> peer.join();
            case DemoAct.PeerLeaves _ -> peer.leave();
            case DemoAct.PeerGains(_, var blocks) -> peer.gain(datasets.get(blocks.dataset()), blocks);
            case DemoAct.PeerLoses(_, var blocks) -> peer.lose(set(blocks));
            case DemoAct.PeerReprices(_, var price) -> peer.ask(price);
            case DemoAct.PeerFallsSilent _ -> peer.silent(true);
            case DemoAct.PeerSpeaksAgain _ -> peer.silent(false);
            case DemoAct.PeerWatches(_, var blocks) -> peer.watch(wanted(blocks));
            case DemoAct.PeerFetches(_, var blocks) -> peer.fetch(wanted(blocks));
        }
    }

    private BlockSet set(DemoBlocks blocks) {
        return datasets.get(blocks.dataset()).set(blocks.ranges());
    }

    private WantedContent wanted(DemoBlocks blocks) {
        return new WantedContent.OfRanges(datasets.get(blocks.dataset()).dataset().treeCid(), blocks.ranges());
    }
}
