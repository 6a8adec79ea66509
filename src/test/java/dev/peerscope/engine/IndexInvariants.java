package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.roaringbitmap.RoaringBitmap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;

/** What the index of presence says is what asking every peer finds. */
final class IndexInvariants {

    /** Leaves of one tree that are counted one by one. */
    private static final int SAMPLE = 100;

    private final ExchangeEngine engine;
    private final PresenceIndex index;

    private IndexInvariants(ExchangeEngine engine) {
        this.engine = engine;
        this.index = engine.contexts().presence();
    }

    static void check(ExchangeEngine engine) {
        var invariants = new IndexInvariants(engine);
        invariants.peersHaveNumbersOfTheirOwn();
        invariants.singlesThatAreWantedHaveNumbers();
        invariants.treesNobodyKnowsHaveNoSwarm();
        for (Cid tree : engine.pending().wants().leaves().keySet()) {
            invariants.swarmIsTheInverse(tree);
        }
        invariants.swarmOfSinglesIsTheInverse();
        invariants.totalsAreSums();
    }

    private void peersHaveNumbersOfTheirOwn() {
        Set<Integer> numbers = new HashSet<>();
        engine.contexts().all().forEach(context -> assertThat(numbers.add(context.number())).isTrue());
    }

    private void singlesThatAreWantedHaveNumbers() {
        SingleNumbers numbers = index.numbers();
        Set<Cid> numbered = numbers.all().stream().mapToObj(numbers::cid).collect(Collectors.toSet());
        assertThat(numbered).isEqualTo(engine.pending().wants().singles());
        numbered.forEach(cid -> assertThat(numbers.cid(numbers.of(cid).orElseThrow())).isEqualTo(cid));
    }

    private void treesNobodyKnowsHaveNoSwarm() {
        Set<Cid> known = new HashSet<>();
        engine.contexts().all().forEach(context -> known.addAll(context.haveSet().trees().keySet()));
        for (Cid tree : engine.pending().wants().leaves().keySet()) {
            assertThat(index.swarm(tree).isPresent()).isEqualTo(known.contains(tree));
        }
    }

    private void swarmIsTheInverse(Cid tree) {
        index.swarm(tree).ifPresent(swarm -> isTheInverse(swarm, engine.pending().wants().leaves(tree),
                claimsOf(context -> context.haveSet().tree(tree))));
    }

    private void swarmOfSinglesIsTheInverse() {
        isTheInverse(index.singles(), index.numbers().all(), claimsOf(context -> context.haveSet().singles()));
    }

    private Map<PeerContext, ClaimedLeaves> claimsOf(Function<PeerContext, TreePresence> presence) {
        Map<PeerContext, ClaimedLeaves> claims = new HashMap<>();
        for (PeerContext context : engine.contexts().all()) {
            TreePresence known = presence.apply(context);
            if (known != null && !known.claims().isEmpty()) {
                claims.put(context, known.claims());
            }
        }
        return claims;
    }

    private static void isTheInverse(TreeSwarm swarm, RoaringBitmap wants, Map<PeerContext, ClaimedLeaves> claims) {
        assertThat(swarm.peers()).as("in the order of ids").isSortedAccordingTo(
                Comparator.comparing(PeerContext::peer));
        assertThat(Set.copyOf(swarm.peers())).hasSameSizeAs(swarm.peers()).isEqualTo(claims.keySet());
        assertThat(swarm.having(wants, wants)).as("have any")
                .isEqualTo(numbers(claims, known -> !known.had().isEmpty()));
        if (!wants.isEmpty()) {
            assertThat(swarm.seeders(wants, wants)).as("have all")
                    .isEqualTo(numbers(claims, known -> known.had().contains(wants)).getCardinality());
        }
        copiesAreThoseThatAreCounted(swarm.copies(), wants, claims);
    }

    private static RoaringBitmap numbers(Map<PeerContext, ClaimedLeaves> claims, Predicate<ClaimedLeaves> are) {
        var numbers = new RoaringBitmap();
        claims.forEach((context, known) -> {
            if (are.test(known)) {
                numbers.add(context.number());
            }
        });
        return numbers;
    }

    private static void copiesAreThoseThatAreCounted(CopyCounts copies, RoaringBitmap wants,
            Map<PeerContext, ClaimedLeaves> claims) {
        List<RoaringBitmap> had = claims.values().stream().map(ClaimedLeaves::had).toList();
        assertThat(copies.covered()).as("leaves with a copy")
                .isEqualTo(RoaringBitmap.or(had.iterator()).getLongCardinality());
        wants.stream().limit(SAMPLE).forEach(leaf -> assertThat((long) copies.of(leaf)).as("copies of leaf %d", leaf)
                .isEqualTo(had.stream().filter(ofOne -> ofOne.contains(leaf)).count()));
    }

    private void totalsAreSums() {
        long haves = 0;
        long denials = 0;
        var available = new AddressSet();
        for (PeerContext context : engine.contexts().all()) {
            haves += context.haveSet().haveCount();
            denials += context.haveSet().deniedCount();
            available.addAll(context.haveSet().hadOf(engine.pending().wants()));
        }
        assertThat(index.haves()).isEqualTo(haves);
        assertThat(index.denials()).isEqualTo(denials);
        assertThat(index.unavailable()).isEqualTo(engine.pending().wants().minus(available).size());
        for (BlockAddress address : new WantWalk(engine.pending().wants()).take(SAMPLE).toList()) {
            Map<PeerContext, Claim> found = new LinkedHashMap<>();
            index.forEach(address, (by, claim, _, _) -> found.put(by, claim));
            assertThat(List.copyOf(found.keySet())).isSortedAccordingTo(Comparator.comparing(PeerContext::peer));
            Map<PeerContext, Claim> claimed = new HashMap<>();
            engine.contexts().all().forEach(context -> claimed.put(context, context.haveSet().claimOf(address)));
            claimed.values().removeIf(Claim::isUnknown);
            assertThat(found).as("who claims what of %s", address).isEqualTo(claimed);
        }
    }
}
