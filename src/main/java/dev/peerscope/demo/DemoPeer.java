package dev.peerscope.demo;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.node.DialAddresses;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.NodeLimits;
import dev.peerscope.node.NodeSettings;
import dev.peerscope.node.WantedContent;
import dev.peerscope.node.Watch;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.TransportLimits;
import dev.peerscope.transport.TransportTimeouts;
import dev.peerscope.transport.identity.IdentityKey;

/**
 * A peer of the demo swarm: an identity and a store that stay, and a node while it has joined. Commands are for one thread;
 * where it listens may be asked by any.
 */
final class DemoPeer {

    /** What the peers call themselves in identify. */
    static final String AGENT = "peerscope-demo";

    private static final Multiaddr ANY_PORT = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");

    private final IdentityKey identity;
    private final PeerAddress inspected;
    private final InstantSource clock;
    private final BlockStore store = new MemoryBlockStore();
    private Price price = Price.ZERO;
    private volatile @Nullable ExchangeNode node;

    /**
     * @param inspected
     *            the node that it keeps a connection to
     */
    DemoPeer(IdentityKey identity, PeerAddress inspected, InstantSource clock) {
        this.identity = identity;
        this.inspected = inspected;
        this.clock = clock;
    }

    PeerId peerId() {
        return identity.peerId();
    }

    /** Where it listens; nowhere while it has not joined. */
    List<Multiaddr> addresses() {
        var joined = node;
        return joined == null ? List.of() : joined.addresses();
    }

    /** For stocking before it joins. */
    BlockStore store() {
        return store;
    }

    void join() {
        var joining = new ExchangeNode(settings(), identity, store, List.of(), clock);
        joining.content().price(price);
        joining.start();
        node = joining;
    }

    /** Does nothing if it has not joined. */
    void leave() {
        joined().ifPresent(leaving -> {
            node = null;
            leaving.close();
        });
    }

    void gain(DemoDataset dataset, DemoBlocks blocks) {
        joined().ifPresent(one -> dataset.add(one.content(), blocks.ranges()));
    }

    void lose(BlockSet blocks) {
        joined().ifPresent(one -> one.content().delete(blocks));
    }

    void ask(Price each) {
        price = each;
        joined().ifPresent(one -> one.content().price(each));
    }

    void silent(boolean silent) {
        joined().ifPresent(one -> one.holdMessages(silent));
    }

    /** In the place of what it watched before. */
    void watch(WantedContent wanted) {
        joined().ifPresent(one -> {
            one.watches().all().stream().map(Watch::id).forEach(one.watches()::delete);
            one.watches().create(wanted);
        });
    }

    void fetch(WantedContent wanted) {
        joined().ifPresent(one -> one.downloads().create(wanted));
    }

    private Optional<ExchangeNode> joined() {
        return Optional.ofNullable(node);
    }

    /** One thread of each kind is enough for what such a peer does. */
    private NodeSettings settings() {
        var host = new HostSettings(List.of(ANY_PORT), List.of("yamux", "mplex"),
                TransportLimits.DEFAULT.withEventLoops(1), TransportTimeouts.DEFAULT, false, AGENT);
        return NodeSettings.of(host).withLimits(NodeLimits.DEFAULT.withStorageThreads(1))
                .withKeepConnected(List.of(DialAddresses.of(inspected)));
    }
}
