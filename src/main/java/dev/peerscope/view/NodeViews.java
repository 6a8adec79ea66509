package dev.peerscope.view;

import java.util.List;

import dev.peerscope.limit.LimitName;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.peer.Multiaddr;

/** This node, its limits, and the connections that it refused: read without asking the engine or a connection, so that nothing waits. */
public final class NodeViews {

    private final ExchangeNode node;
    private final String version;

    /** Views of this node. */
    public NodeViews(ExchangeNode node, String version) {
        this.node = node;
        this.version = version;
    }

    /** This node. */
    public NodeView node() {
        var totals = node.totals();
        return new NodeView(node.peerId().toString(), node.addresses().stream().map(Multiaddr::toString).toList(),
                node.agent(), version, node.startedAt(), node.protocols(), totals.peers(), totals.wants(),
                totals.blocksHeld(), node.limits().use(LimitName.BLOCK_STORE).used());
    }

    /** Every limit, its use, and what it has turned away. */
    public List<LimitView> limits() {
        return node.limits().uses().stream()
                .map(use -> new LimitView(use.limit().text(), use.setting(), use.used(), use.met())).toList();
    }

    /** The latest connections that ended before their peer had joined, newest first. */
    public List<RefusedConnectionView> refused() {
        return node.directory().refused().stream().map(RefusedConnectionView::of).toList();
    }
}
