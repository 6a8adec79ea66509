package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.event.PresenceState;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/** Answers the questions of views from the engine's state. */
final class SwarmReader implements EngineReader {

    private final PeerContextStore contexts;
    private final PendingBlocks pending;
    private final LocalBlocks local;
    private final Requests requests;

    SwarmReader(PeerContextStore contexts, PendingBlocks pending, LocalBlocks local, Requests requests) {
        this.contexts = contexts;
        this.pending = pending;
        this.local = local;
        this.requests = requests;
    }

    @Override
    public List<PeerStatus> peers() {
        return contexts.all().stream().map(context -> new ContextReader(context).status(pending.fetches())).toList();
    }

    @Override
    public Optional<PeerStatus> peer(PeerId peer) {
        return of(peer).map(reader -> reader.status(pending.fetches()));
    }

    @Override
    public HaveSetSummary haveSet(PeerId peer, int rangesMax, int singlesMax) {
        return of(peer).map(reader -> reader.haveSet(rangesMax, singlesMax))
                .orElseGet(() -> new HaveSetSummary(0, 0, List.of(), List.of()));
    }

    @Override
    public List<PresenceRecord> presences(PeerId peer, Optional<Cid> tree, Optional<BlockAddress> after, int limit) {
        return of(peer).map(reader -> reader.presences(tree, after, limit)).orElse(List.of());
    }

    @Override
    public BlockRanges presentRanges(PeerId peer, Cid tree, long fromIndex, int rangesMax) {
        return contexts.find(peer)
                .map(context -> Bitmaps.toRanges(context.haveSet().had(tree), fromIndex, rangesMax))
                .orElse(BlockRanges.EMPTY);
    }

    @Override
    public List<Cid> haveCids(PeerId peer, Optional<Cid> after, int limit) {
        return of(peer).map(reader -> reader.haveCids(after, limit)).orElse(List.of());
    }

    @Override
    public PresenceRecord presence(PeerId peer, BlockAddress address) {
        return of(peer).map(reader -> reader.presence(address)).orElseGet(
                () -> new PresenceRecord(address, PresenceState.UNKNOWN, Optional.empty(), Optional.empty()));
    }

    @Override
    public List<PeerWant> wantList(PeerId peer, long afterNumber, int limit) {
        return contexts.find(peer).map(context -> context.wantList().after(afterNumber, limit)).orElse(List.of());
    }

    @Override
    public List<Cid> wantedCids(PeerId peer, Optional<Cid> after, int limit) {
        return of(peer).map(reader -> reader.wantedCids(after, limit)).orElse(List.of());
    }

    @Override
    public BlockKnowledge block(BlockAddress address, int limit) {
        var told = new BlockClaims(limit);
        contexts.presence().forEach(address, told);
        return new BlockKnowledge(address, pending.wants().contains(address), local.has(address),
                told.holders(), told.deniers(), contexts.size() - told.count(),
                ids(contexts.peersWanting(address), limit), told.cheapest());
    }

    private static List<PeerId> ids(Collection<PeerContext> of, int limit) {
        return of.stream().map(PeerContext::peer).sorted().limit(limit).toList();
    }

    @Override
    public List<OwnWant> wants(Optional<BlockAddress> after, int limit) {
        List<OwnWant> wants = new ArrayList<>();
        pending.wants().leaves().forEach((tree, leaves) -> {
            PeekableIntIterator indices = Slices.indicesAfter(tree, leaves, after);
            while (wants.size() < limit && indices.hasNext()) {
                wants.add(ownWant(new BlockAddress.Leaf(tree, indices.next())));
            }
        });
        Slices.singlesAfter(pending.wants().singles(), after).stream().limit(limit - wants.size())
                .forEach(cid -> wants.add(ownWant(new BlockAddress.Standalone(cid))));
        return wants;
    }

    private OwnWant ownWant(BlockAddress address) {
        return new OwnWant(address, pending.modeOf(address), pending.since(address),
                requests.requestedFrom(address).map(PeerContext::peer), requests.retriesLeft(address));
    }

    @Override
    public Optional<HolderStatus> holder(String holder) {
        return pending.holder(holder).map(found -> {
            AddressSet blocks = found.blocks();
            return new HolderStatus(blocks.size(), contexts.presence().having(blocks),
                    Availability.distributedCopies(blocks, contexts.presence()));
        });
    }

    @Override
    public long remaining(String holder) {
        return pending.holder(holder).map(found -> found.blocks().size()).orElse(0L);
    }

    @Override
    public List<Cid> heldTrees(Optional<Cid> after, int limit) {
        return Slices.after(local.trees(), after, limit);
    }

    @Override
    public TreeStatus tree(Cid tree, OptionalLong leafCount) {
        RoaringBitmap leaves = leaves(tree, leafCount);
        TreeSwarm swarm = swarm(tree);
        return new TreeStatus(local.leaves(tree).getLongCardinality(),
                swarm.having(leaves, pending.wants().leaves(tree)).getCardinality(),
                new TreeCopies(leaves, swarm.copies()).distributedCopies());
    }

    @Override
    public TreeAvailability availability(Cid tree, OptionalLong leafCount, int bucketsMax, int rangesMax) {
        RoaringBitmap leaves = leaves(tree, leafCount);
        TreeSwarm swarm = swarm(tree);
        return new TreeCopies(leaves, swarm.copies()).availability(bucketsMax, rangesMax,
                leaves.isEmpty() ? 0 : swarm.seeders(leaves, pending.wants().leaves(tree)));
    }

    /** Those that count. */
    private RoaringBitmap leaves(Cid tree, OptionalLong leafCount) {
        return leafCount.isPresent()
                ? RoaringBitmap.bitmapOfRange(0, Math.min(leafCount.getAsLong(), Bitmaps.INDEX_MAX + 1))
                : RoaringBitmap.or(pending.wants().leaves(tree), local.leaves(tree));
    }

    private TreeSwarm swarm(Cid tree) {
        return contexts.presence().swarm(tree).orElseGet(() -> new TreeSwarm(0));
    }

    @Override
    public EngineCounts counts() {
        Map<Direction, Integer> directions = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            directions.put(direction, 0);
        }
        int stale = 0;
        long asked = 0;
        long askedAndHeld = 0;
        for (PeerContext context : contexts.all()) {
            directions.merge(context.direction(), 1, Integer::sum);
            stale += context.refresh().isStale() ? 1 : 0;
            asked += context.wantList().size();
            askedAndHeld += context.wantList().heldCount();
        }
        long fetches = pending.fetches().size();
        Map<WantMode, Long> wants = Map.of(WantMode.FETCH, fetches, WantMode.WATCH, pending.wants().size() - fetches);
        PresenceIndex presence = contexts.presence();
        return new EngineCounts(Map.copyOf(directions), presence.haves(), presence.denials(), wants,
                presence.unavailable(), askedAndHeld, asked - askedAndHeld, requests.size(), local.size(), stale);
    }

    private Optional<ContextReader> of(PeerId peer) {
        return contexts.find(peer).map(ContextReader::new);
    }
}
