package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryKind;

/** What holds after every input, whatever happened. */
final class EngineInvariants {

    /** Blocks that are looked at one by one; questions about all of them are put to sets. */
    private static final int SAMPLE = 100;

    private final ExchangeEngine engine;
    private final EngineSettings settings;
    private final EngineLimits limits;

    private EngineInvariants(ExchangeEngine engine, EngineSettings settings, EngineLimits limits) {
        this.engine = engine;
        this.settings = settings;
        this.limits = limits;
    }

    static void check(ExchangeEngine engine, EngineSettings settings, EngineLimits limits) {
        var invariants = new EngineInvariants(engine, settings, limits);
        invariants.wantsAreThoseOfTheirHolders();
        invariants.requestsAreForWhatIsToBeFetched();
        invariants.boundsHold();
        IndexInvariants.check(engine);
        for (PeerContext context : engine.contexts().all()) {
            invariants.presenceIsDisjointAndWanted(context);
            invariants.wantersAreThoseThatWant(context);
            invariants.servableIsWhatIsHeld(context);
            invariants.useIsThatOfWhatIsKept(context);
        }
    }

    /** A window may shrink below the requests that are open; then nothing is requested. */
    static void checkWindows(ExchangeEngine engine, List<EngineOutput> outputs) {
        for (EngineOutput output : outputs) {
            if (output instanceof EngineOutput.Send(var to, _, var message, _) && NodeAssert.hasWantBlock(message)) {
                PeerRequests requests = engine.contexts().find(to).orElseThrow().requests();
                // Its own deadline may have come after that of another, whose blocks it was asked for.
                assertThat(requests.isOverdue() || requests.size() <= requests.window())
                        .as("%d requests are open with %s", requests.size(), to).isTrue();
            }
        }
    }

    private void wantsAreThoseOfTheirHolders() {
        var wants = new AddressSet();
        var fetches = new AddressSet();
        for (PendingBlocks.Holder holder : engine.pending().holders()) {
            wants.addAll(holder.blocks());
            if (holder.mode() == WantMode.FETCH) {
                fetches.addAll(holder.blocks());
            }
        }
        assertSame(engine.pending().wants(), wants, "wants");
        assertSame(engine.pending().fetches(), fetches, "blocks to fetch");
        assertSame(engine.local().missingOf(fetches), fetches, "blocks to fetch that are not held");
        new WantWalk(wants).take(SAMPLE).forEach(address -> assertThat(engine.pending().since(address)).isNotNull());
    }

    private void requestsAreForWhatIsToBeFetched() {
        RequestedBlocks all = engine.requests().requested();
        assertThat(all.all().minus(engine.pending().fetches()).toList())
                .as("requested without being fetched").isEmpty();
        var requested = new AddressSet();
        var awaited = new AddressSet();
        var awaitedTwice = new AddressSet();
        var verifying = new AddressSet();
        for (PeerContext context : engine.contexts().all()) {
            PeerRequests own = context.requests();
            assertThat(own.size()).isEqualTo((int) own.blocks().size());
            own.blocks().forEach(address -> assertThat(all.of(address)).contains(context));
            AddressSet beingVerified = own.blocks().minus(own.awaited());
            assertThat(beingVerified.intersects(verifying)).as("a block is being verified twice").isFalse();
            assertThat(own.awaited().intersects(awaitedTwice)).as("a block is awaited from three peers").isFalse();
            verifying.addAll(beingVerified);
            awaitedTwice.addAll(own.awaited().and(awaited));
            awaited.addAll(own.awaited());
            requested.addAll(own.blocks());
        }
        assertSame(all.all(), requested, "requests");
        assertThat(all.severalTimes().minus(awaitedTwice).minus(verifying).toList()).isEmpty();
        assertThat(engine.requests().size()).isEqualTo((int) requested.size());
    }

    private void presenceIsDisjointAndWanted(PeerContext context) {
        AddressSet known = context.haveSet().known();
        AddressSet had = context.haveSet().hadOf(known);
        AddressSet denied = context.haveSet().deniedOf(known);
        assertThat(had.intersects(denied)).as("had and denied by %s", context).isFalse();
        assertThat(had.size()).isEqualTo(context.haveSet().haveCount());
        assertThat(denied.size()).isEqualTo(context.haveSet().deniedCount());
        assertThat(known.minus(engine.pending().wants()).toList()).as("known of %s but not wanted", context).isEmpty();
        context.haveSet().trees().values().forEach(tree -> tree.claims()
                .forEach((_, leaves) -> assertThat(leaves.isEmpty()).as("an empty bitmap is kept").isFalse()));
        new WantWalk(known).take(SAMPLE)
                .forEach(address -> assertThat(context.haveSet().confirmedAt(address)).isPresent());
    }

    private void wantersAreThoseThatWant(PeerContext context) {
        for (BlockAddress address : context.wantList().addresses()) {
            assertThat(engine.contexts().peersWanting(address)).contains(context);
        }
    }

    private void servableIsWhatIsHeld(PeerContext context) {
        Set<BlockAddress> held = new HashSet<>(context.wantList().addresses());
        held.removeIf(address -> !engine.local().has(address));
        assertThat(new HashSet<>(context.wantList().mostUrgent(Integer.MAX_VALUE))).isEqualTo(held);
        assertThat(context.wantList().heldCount()).isEqualTo(held.size());
    }

    private void useIsThatOfWhatIsKept(PeerContext context) {
        HaveSet haveSet = context.haveSet();
        List<TreePresence> known = Stream.concat(haveSet.trees().values().stream(), Stream.of(haveSet.singles()))
                .filter(presence -> presence.knownCount() > 0).toList();
        assertThat(haveSet.bytes()).isEqualTo(known.stream().mapToLong(TreePresence::bytes).sum());
        assertThat(haveSet.pricesInOneTree())
                .isEqualTo(known.stream().mapToInt(presence -> presence.claims().priceCount()).max().orElse(0));
        assertThat(context.use().bytes(MemoryKind.PRESENCES)).isEqualTo(haveSet.bytes());
        assertThat(context.use().bytes(MemoryKind.WANT_LIST)).isEqualTo(context.wantList().bytes());
        assertThat(context.use().count(LimitName.PEER_WANT_LIST)).isEqualTo(context.wantList().size());
        assertThat(context.use().count(LimitName.PEER_PRESENCES))
                .isEqualTo(haveSet.haveCount() + haveSet.deniedCount());
    }

    private void boundsHold() {
        assertThat(engine.contexts().size()).isLessThanOrEqualTo(limits.peers());
        assertThat(engine.pending().wants().size()).isLessThanOrEqualTo(limits.wants());
        assertThat(engine.pending().holders().size()).isLessThanOrEqualTo(limits.wantHolders());
        for (PeerContext context : engine.contexts().all()) {
            assertThat(context.wantList().size()).isLessThanOrEqualTo(limits.peerWantList());
            assertThat(context.haveSet().haveCount() + context.haveSet().deniedCount())
                    .isLessThanOrEqualTo(limits.peerPresences());
            assertThat(context.use().count(LimitName.PEER_ANSWERS)).isLessThanOrEqualTo(limits.peerAnswers());
            assertThat(context.requests().awaited().size()).isLessThanOrEqualTo(settings.requestsPerPeer());
            assertThat(context.provenWrong() < limits.provenWrong() || context.isDropped())
                    .as("%s is still there", context).isTrue();
            assertThat(context.refresh().asks().openCount()).isLessThanOrEqualTo(OpenAsks.OPEN_MAX);
            assertThat(context.refresh().asks().unwritten()).isBetween(0, OpenAsks.UNWRITTEN_MAX);
        }
    }

    private static void assertSame(AddressSet actual, AddressSet expected, String what) {
        assertThat(actual.toBlockSets()).as(what).isEqualTo(expected.toBlockSets());
    }
}
