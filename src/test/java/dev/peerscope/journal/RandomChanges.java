package dev.peerscope.journal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.PeerPresence.Told;
import dev.peerscope.peer.PeerId;

/** Peers that tell, repeat, deny and lose blocks at random, and what is then known of each, block by block. */
final class RandomChanges {

    private static final int LEAVES = 40;
    private static final List<Price> PRICES = List.of(Price.ZERO, Price.of(7), Price.of(BigInteger.ONE.shiftLeft(200)));
    private static final List<PresenceReason> ENDS = List.of(PresenceReason.RELEASED, PresenceReason.NOT_CONFIRMED,
            PresenceReason.PEER_DEPARTED, PresenceReason.NODE_STOPPED);

    private final SplittableRandom random;
    private final List<PeerId> peers = new ArrayList<>();
    private final List<Cid> trees = new ArrayList<>();
    private final List<Cid> singles = new ArrayList<>();
    private final Map<PeerId, Map<BlockAddress, Told>> known = new HashMap<>();
    private Instant now = Changes.START;

    RandomChanges(long seed, int peerCount) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < peerCount; i++) {
            peers.add(PeerId.ofPublicKey(("peer " + i).getBytes(StandardCharsets.UTF_8)));
        }
        for (int i = 0; i < 3; i++) {
            trees.add(cid(CodexCodec.ROOT, "tree " + i));
            singles.add(cid(CodexCodec.BLOCK, "single " + i));
        }
    }

    private static Cid cid(CodexCodec codec, String text) {
        return Cid.v1(codec, Multihash.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    List<PeerId> peers() {
        return peers;
    }

    List<Cid> trees() {
        return trees;
    }

    Instant now() {
        return now;
    }

    /** What is known of a peer's blocks now. */
    Map<BlockAddress, Told> known(PeerId peer) {
        return new TreeMap<>(known.getOrDefault(peer, Map.of()));
    }

    /** What a fold says, in the same shape. */
    static Map<BlockAddress, Told> blockByBlock(PeerPresence presence) {
        Map<BlockAddress, Told> all = new TreeMap<>();
        presence.trees().forEach((tree, told) -> told.forEach((what, ranges) -> ranges.stream()
                .forEach(index -> all.put(new BlockAddress.Leaf(tree, index), what))));
        presence.singles().forEach((cid, what) -> all.put(new BlockAddress.Standalone(cid), what));
        return all;
    }

    /** Some changes of one peer, as one message would cause. */
    List<PresenceChanged> next() {
        now = now.plusMillis(random.nextInt(3_000));
        var peer = peers.get(random.nextInt(peers.size()));
        Optional<Told> told = switch (random.nextInt(5)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Told.DENIED);
            default -> Optional.of(new Told(Optional.of(PRICES.get(random.nextInt(PRICES.size())))));
        };
        return tell(peer, addresses(), told, ENDS.get(random.nextInt(ENDS.size())));
    }

    /** The peer leaves: nothing is known of it any more. */
    List<PresenceChanged> leave(PeerId peer) {
        return tell(peer, List.copyOf(known(peer).keySet()), Optional.empty(), PresenceReason.PEER_DEPARTED);
    }

    private List<BlockAddress> addresses() {
        if (random.nextInt(4) == 0) {
            return List.of(new BlockAddress.Standalone(singles.get(random.nextInt(singles.size()))));
        }
        var tree = trees.get(random.nextInt(trees.size()));
        long first = random.nextInt(LEAVES);
        List<BlockAddress> leaves = new ArrayList<>();
        for (long index = first; index < first + 1 + random.nextInt(15); index += 1 + random.nextInt(2)) {
            leaves.add(new BlockAddress.Leaf(tree, index));
        }
        return leaves;
    }

    private List<PresenceChanged> tell(PeerId peer, List<BlockAddress> addresses, Optional<Told> told,
            PresenceReason end) {
        var blocks = known.computeIfAbsent(peer, _ -> new HashMap<>());
        Map<Optional<Told>, List<BlockAddress>> byBefore = new HashMap<>();
        for (BlockAddress address : addresses) {
            var before = Optional.ofNullable(blocks.get(address));
            if (!before.equals(told)) {
                byBefore.computeIfAbsent(before, _ -> new ArrayList<>()).add(address);
            }
        }
        List<PresenceChanged> changes = new ArrayList<>();
        byBefore.forEach((before, changed) -> {
            BlockSet.group(changed).forEach(set -> changes.add(change(peer, set, before, told, end)));
            changed.forEach(address -> {
                blocks.remove(address);
                told.ifPresent(what -> blocks.put(address, what));
            });
        });
        return changes;
    }

    private PresenceChanged change(PeerId peer, BlockSet blocks, Optional<Told> before, Optional<Told> after,
            PresenceReason end) {
        boolean had = before.filter(Told::isHave).isPresent();
        var previous = before.isEmpty() ? PresenceState.UNKNOWN : had ? PresenceState.HAVE : PresenceState.DONT_HAVE;
        if (after.isEmpty()) {
            return new PresenceChanged(now, peer, had ? PresenceChange.REMOVED : PresenceChange.UNDENIED, end, blocks,
                    Optional.empty(), before.flatMap(Told::price), previous);
        }
        if (!after.get().isHave()) {
            return new PresenceChanged(now, peer, PresenceChange.DENIED, PresenceReason.DONT_HAVE_RECEIVED, blocks,
                    Optional.empty(), before.flatMap(Told::price), previous);
        }
        return new PresenceChanged(now, peer, had ? PresenceChange.REPRICED : PresenceChange.ADDED,
                had ? PresenceReason.PRICE_CHANGED : PresenceReason.ANNOUNCED, blocks, after.get().price(),
                before.flatMap(Told::price), previous);
    }
}
