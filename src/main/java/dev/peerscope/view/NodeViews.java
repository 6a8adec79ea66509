package dev.peerscope.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.peerscope.engine.EngineReader;
import dev.peerscope.journal.LimitTally;
import dev.peerscope.limit.LimitName;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.LimitUse;
import dev.peerscope.peer.Multiaddr;

/** This node, its bounds, and the connections that it refused. */
public final class NodeViews {

    private final ExchangeNode node;
    private final LimitTally tally;
    private final String version;
    private final EngineQuestions engine;

    /**
     * Views of this node.
     *
     * @param tally
     *            what every bound has turned away, and those that lie outside of the node
     */
    public NodeViews(ExchangeNode node, LimitTally tally, String version) {
        this.node = node;
        this.tally = tally;
        this.version = version;
        this.engine = new EngineQuestions(node);
    }

    /** This node. */
    public NodeView node() {
        var counts = engine.ask(EngineReader::counts);
        int peers = counts.peersByDirection().values().stream().mapToInt(Integer::intValue).sum();
        long wants = counts.wants().values().stream().mapToLong(Long::longValue).sum();
        return new NodeView(node.peerId().toString(), node.addresses().stream().map(Multiaddr::toString).toList(),
                node.agent(), version, node.startedAt(), node.protocols(), peers, wants, counts.blocksHeld(),
                bytesStored());
    }

    private long bytesStored() {
        return engine.answer(node.limits()).stream().filter(use -> use.limit() == LimitName.BLOCK_STORE)
                .mapToLong(LimitUse::used).sum();
    }

    /** Every bound, its use, and what it has turned away. */
    public List<LimitView> limits() {
        List<LimitUse> uses = new ArrayList<>(engine.answer(node.limits()));
        tally.registered().forEach(
                limit -> uses.add(new LimitUse(limit, tally.setting(limit), tally.used(limit))));
        return uses.stream().sorted(Comparator.comparing(LimitUse::limit))
                .map(use -> new LimitView(use.limit().text(), use.setting(), use.used(),
                        tally.times(use.limit())))
                .toList();
    }

    /** The latest connections that ended before their peer had joined, newest first. */
    public List<RefusedConnectionView> refused() {
        return node.directory().refused().stream().map(RefusedConnectionView::of).toList();
    }
}
