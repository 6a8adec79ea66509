package dev.peerscope.view;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.EngineCounts;
import dev.peerscope.engine.WantMode;
import dev.peerscope.node.ConnectedPeer;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.PeerDirectory;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/** Peers that are connected, and those that were and are remembered. */
public final class PeerViews {

    /** A kind of agent of its own for peers that identify has not told about. */
    private static final String UNKNOWN_AGENT = "unknown";

    private final PeerDirectory directory;
    private final EngineQuestions engine;

    /** Views of the peers of this node. */
    public PeerViews(ExchangeNode node) {
        this.directory = node.directory();
        this.engine = new EngineQuestions(node);
    }

    /** The peers that a query asks for. */
    public Slice<PeerView, PeerKey> list(PeerQuery query) {
        var peers = engine.ask(reader -> peers(reader, query.state()));
        var order = query.order();
        var read = peers.stream().filter(query::shows)
                .filter(peer -> query.after().isEmpty()
                        || order.compare(query.keyOf(peer), query.after().get()) > 0)
                .sorted(Comparator.comparing(query::keyOf, order)).limit(query.limit() + 1L).toList();
        return Slice.of(read, query.limit(), Function.identity(), query::keyOf);
    }

    /** Every peer that is connected, in no particular order. */
    public List<PeerView> connected() {
        return engine.ask(reader -> peers(reader, PeerState.CONNECTED));
    }

    /** A peer that is connected or remembered. */
    public Optional<PeerView> find(PeerId peer) {
        return engine.ask(reader -> connected(reader, peer)
                .or(() -> directory.departed(peer).map(PeerShapes::departed)));
    }

    /** Whether a peer is connected or remembered. */
    public boolean isKnown(PeerId peer) {
        return isConnected(peer) || directory.departed(peer).isPresent();
    }

    /** Whether a peer is connected. */
    public boolean isConnected(PeerId peer) {
        return directory.connected(peer).isPresent();
    }

    /** The peers in numbers. */
    public PeersSummaryView summary() {
        return engine.ask(reader -> {
            var connected = peers(reader, PeerState.CONNECTED);
            var departed = peers(reader, PeerState.DEPARTED).size();
            return summary(connected, departed, reader.counts());
        });
    }

    private static PeersSummaryView summary(List<PeerView> connected, int departed, EngineCounts counts) {
        var byAgent = connected.stream()
                .collect(Collectors.groupingBy(PeerViews::agentKind, TreeMap::new, Collectors.summingInt(_ -> 1)));
        return new PeersSummaryView(Map.of("connected", connected.size(), "departed", departed),
                Map.of("inbound", counts.peersByDirection().getOrDefault(Direction.INBOUND, 0), "outbound",
                        counts.peersByDirection().getOrDefault(Direction.OUTBOUND, 0)),
                byAgent, Map.of("have", counts.haves(), "denied", counts.denials()),
                Map.of("watch", counts.wants().getOrDefault(WantMode.WATCH, 0L), "fetch",
                        counts.wants().getOrDefault(WantMode.FETCH, 0L)),
                Map.of("held", counts.peerWantsHeld(), "notHeld", counts.peerWantsNotHeld()));
    }

    private static String agentKind(PeerView peer) {
        String agent = peer.agent();
        if (agent == null || agent.isBlank()) {
            return UNKNOWN_AGENT;
        }
        String kind = agent.strip().split("[/ ]", 2)[0];
        return kind.isEmpty() ? UNKNOWN_AGENT : kind;
    }

    private List<PeerView> peers(EngineReader reader, PeerState state) {
        var connected = reader.peers().stream()
                .flatMap(status -> directory.connected(status.peer())
                        .map(peer -> PeerShapes.connected(peer, status)).stream())
                .toList();
        return switch (state) {
            case CONNECTED -> connected;
            case DEPARTED -> departedBut(connected).toList();
            case ALL -> Stream.concat(connected.stream(), departedBut(connected)).toList();
        };
    }

    /** A peer that came back is connected, and one that left twice is remembered as it left last. */
    private Stream<PeerView> departedBut(List<PeerView> connected) {
        var seen = new HashSet<String>();
        connected.forEach(peer -> seen.add(peer.peerId()));
        return directory.departed().stream().filter(peer -> seen.add(peer.peer().toString()))
                .map(PeerShapes::departed);
    }

    private Optional<PeerView> connected(EngineReader reader, PeerId peer) {
        Optional<ConnectedPeer> entry = directory.connected(peer);
        return entry.flatMap(known -> reader.peer(peer).map(status -> PeerShapes.connected(known, status)));
    }
}
