package dev.peerscope.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitName;
import dev.peerscope.message.WantListEntry;

/**
 * Who has been asked to deliver what. A block is asked of one peer that has it, and of a second one only when that peer has nothing
 * else to do and would deliver sooner. A request ends when the block was stored, was refused, or is no longer to be fetched, when the
 * peer denies it, is overdue with it or leaves.
 *
 * <p>A request that is overdue is withdrawn and made to another peer; while there is none it stays. See
 * {@code docs/decisions/0022-a-request-has-a-deadline-of-its-own.md}.
 */
final class Requests {

    /** Open requests of others that are looked at for a peer with nothing else to do. */
    private static final int LOOKED_AT = 512;

    private final PeerContextStore contexts;
    private final PendingBlocks pending;
    private final EngineLimits limits;
    private final EngineSettings settings;
    private final PeerSelection selection;
    private final Outputs outputs;

    private final Tries tries;
    private final RequestedBlocks requested = new RequestedBlocks();
    /** Blocks that wait for the next round of {@link Search} because asking at once would lead to nothing. */
    private final AddressSet postponed = new AddressSet();

    Requests(PeerContextStore contexts, PendingBlocks pending, PeerSelection selection, EngineBasics basics) {
        this.contexts = contexts;
        this.pending = pending;
        this.selection = selection;
        this.limits = basics.limits();
        this.settings = basics.settings();
        this.outputs = basics.outputs();
        this.tries = new Tries(settings.retries());
    }

    /** Asks for those of the blocks that are to be fetched, each of the best peer that has it and has room for a request. */
    void ask(AddressSet blocks) {
        AddressSet askable = askable(blocks).minus(requested.all());
        askOneOf(contexts.presence().knowingAnyOf(askable), askable);
    }

    private void askOneOf(Collection<PeerContext> peers, AddressSet blocks) {
        Askable askable = Askable.of(peers, blocks);
        askable.blocks().forEach(address -> {
            List<PeerContext> able = askable.peers().stream().filter(peer -> peer.canBeAskedFor(address)).toList();
            if (!able.isEmpty()) {
                request(selection.best(able, address, tries.hasFailed(address)), address);
            }
        });
        askable.peers().forEach(this::requestsChanged);
    }

    /** Asks this peer for as much as it has and as may be requested of it, and then for what others are slow with. */
    void topUp(PeerContext context) {
        if (context.roomForRequests() > 0) {
            AddressSet offer = context.offer(askable(pending.fetches()).minus(requested.all()));
            new WantWalk(offer).take(context.roomForRequests()).forEach(address -> request(context, address));
            helpOut(context, requested.all());
        }
    }

    /**
     * A peer with room has nothing else to be asked for: it is asked for those of these blocks that it would deliver sooner than the one
     * peer that was asked for them.
     */
    void helpOut(PeerContext idle, AddressSet blocks) {
        AddressSet requestedOnce = blocks.and(requested.all()).minus(requested.severalTimes());
        AddressSet open = new WantWalk(idle.offer(askable(requestedOnce))).take(LOOKED_AT);
        // Those that were asked for last come last, so from there the two do not work on the same blocks.
        for (BlockAddress address : open.toList().reversed()) {
            PeerRequests asked = requested.of(address).getFirst().requests();
            if (idle.roomForRequests() > 0 && asked.wouldBeOvertaken(address, idle.requests(), outputs.now())) {
                request(idle, address);
            }
        }
        requestsChanged(idle);
    }

    private AddressSet askable(AddressSet blocks) {
        AddressSet askable = blocks.and(pending.fetches());
        askable.removeAll(postponed);
        askable.removeAll(tries.exhausted());
        return askable;
    }

    private void request(PeerContext context, BlockAddress address) {
        requested.add(address, context);
        context.requests().requested(address, outputs.now());
        context.outbox().entry(WantListEntry.wantBlock(address));
    }

    /**
     * The peer handed this block over. False if it is of no use: the peer was not asked, or has done so already, or the same block is
     * being verified.
     */
    boolean delivered(PeerContext context, BlockAddress address) {
        PeerRequests own = context.requests();
        if (isBeingVerified(address)) {
            if (!own.isVerifying(address) && own.blocks().contains(address)) {
                settled(context, ClaimOutcome.SUPERSEDED, end(context, address));
            }
            return false;
        }
        if (own.delivered(address, outputs.now())) {
            return true;
        }
        // It was on its way when we gave the request up.
        boolean late = pending.fetches().contains(address) && own.deliveredLate(address);
        if (late) {
            requested.add(address, context);
        }
        return late;
    }

    boolean isBeingVerified(BlockAddress address) {
        return requested.of(address).stream().anyMatch(context -> context.requests().isVerifying(address));
    }

    /** These were good, and are stored. */
    void fulfilled(PeerContext context, List<BlockAddress> addresses) {
        long claims = 0;
        for (BlockAddress address : addresses) {
            Optional<Request> fulfilled = context.requests().fulfilled(address, outputs.now());
            if (fulfilled.isPresent()) {
                requested.remove(address, context);
                claims += fulfilled.get().isLate() ? 0 : 1;
                outputs.happened(new ExchangeEvent.BlockRetrieved(outputs.wallTime(), context.peer(), address,
                        Duration.between(fulfilled.get().askedAt(), outputs.now())));
            }
        }
        context.requests().stored(addresses.size(), outputs.now());
        settled(context, ClaimOutcome.DELIVERED, claims);
    }

    /**
     * What the peer delivered for these was not the blocks. Returns those that can be asked of others now.
     *
     * @param deliveries how many deliveries were refused, of blocks that were requested or not
     */
    AddressSet refused(PeerContext context, AddressSet blocks, long deliveries) {
        context.countProvenWrong(blocks, deliveries);
        context.requests().refused(blocks.and(context.requests().blocks()));
        AddressSet free = failed(context, blocks, ClaimOutcome.INVALID);
        if (context.provenWrong() >= limits.provenWrong() && !context.isDropped()) {
            outputs.limitMet(LimitName.PROVEN_WRONG, Optional.of(context.peer()), 1);
            free.addAll(drop(context, DepartureReason.PROTOCOL_VIOLATION, context.provenWrong()
                    + " deliveries were not the block that they were to be, at most "
                    + (limits.provenWrong() - 1) + " are borne"));
        }
        return free;
    }

    /** The peer may have denied blocks that were requested from it. Returns those: they can be asked of others now. */
    AddressSet denied(PeerContext context) {
        AddressSet denied = context.haveSet().deniedOf(context.requests().awaited());
        if (!denied.isEmpty()) {
            cancel(context, denied);
            context.requests().answered(outputs.now());
        }
        return failed(context, denied, ClaimOutcome.DONT_HAVE);
    }

    private static void cancel(PeerContext context, AddressSet blocks) {
        blocks.forEach(address -> context.outbox().entry(WantListEntry.cancel(address)));
    }

    /**
     * Requests of this peer ended badly, those that there are: each costs a try. Returns what can be asked of others now: what is not
     * requested of any.
     */
    private AddressSet failed(PeerContext context, AddressSet blocks, ClaimOutcome outcome) {
        AddressSet failed = blocks.and(context.requests().blocks());
        if (failed.isEmpty()) {
            return failed;
        }
        long claims = 0;
        for (BlockAddress address : failed.toList()) {
            boolean late = context.requests().failed(address, outputs.now()).map(Request::isLate).orElse(false);
            requested.remove(address, context);
            claims += late ? 0 : 1;
        }
        context.requests().shrink();
        tries.failed(failed);
        settled(context, outcome, claims);
        return failed.minus(requested.all());
    }

    /** These came, but there is no room for them; nobody is asked again before the next round of search. */
    void postpone(PeerContext context, AddressSet blocks) {
        AddressSet came = blocks.and(context.requests().blocks());
        long claims = 0;
        for (BlockAddress address : came.toList()) {
            claims += end(context, address);
        }
        context.requests().answered(outputs.now());
        postponed.addAll(came);
        tries.failed(came);
        settled(context, ClaimOutcome.DELIVERED, claims);
    }

    /** Nobody who could be asked for these has them any more; they wait for the next round of search. */
    void postponeUnrequested(AddressSet blocks) {
        postponed.addAll(blocks.and(pending.fetches()).minus(requested.all()));
    }

    /** These are not to be fetched any more: who was asked for them is told so. */
    void withdraw(AddressSet unfetched) {
        Map<PeerContext, Long> withdrawn = new LinkedHashMap<>();
        for (BlockAddress address : unfetched.and(requested.all()).toList()) {
            for (PeerContext context : requested.of(address)) {
                // What is being verified has been sent: the peer has forgotten that we asked for it.
                if (!context.requests().isVerifying(address)) {
                    context.outbox().entry(WantListEntry.cancel(address));
                }
                withdrawn.merge(context, end(context, address), Long::sum);
            }
        }
        withdrawn.forEach((context, claims) -> settled(context, ClaimOutcome.SUPERSEDED, claims));
        tries.forget(unfetched);
        postponed.removeAll(unfetched);
    }

    /** A request ends, and nobody is to blame. Returns 1, or 0 if its claim was settled before. */
    private long end(PeerContext context, BlockAddress address) {
        requested.remove(address, context);
        return context.requests().ended(address, outputs.now()).filter(request -> !request.isLate()).isPresent() ? 1
                : 0;
    }

    private void settled(PeerContext context, ClaimOutcome outcome, long claims) {
        if (claims > 0) {
            context.countClaims(outcome, claims);
            outputs.happened(new ExchangeEvent.ClaimsSettled(outputs.wallTime(), context.peer(), outcome, claims));
        }
        requestsChanged(context);
    }

    /** Requests of this peer began or ended. */
    private void requestsChanged(PeerContext context) {
        context.refresh().settled(context.requests().blocks());
        context.requests().schedule();
    }

    /** The peer is gone, and nothing is known of it any more: others are asked for what was asked of it. */
    void left(PeerContext context) {
        ask(failed(context, context.requests().blocks(), ClaimOutcome.TIMEOUT));
    }

    /** Requests of this peer are overdue, or it has delivered nothing at all for too long. */
    void overdue(PeerContext context) {
        if (context.requests().isSilent(outputs.now())) {
            ask(drop(context, DepartureReason.PEER_TIMEOUT, context.requests().size()
                    + " blocks requested, none delivered for " + settings.requestTimeout()));
            return;
        }
        AddressSet due = context.requests().due(outputs.now());
        Askable elsewhere = Askable.of(othersKnowing(due, context), due);
        AddressSet expired = elsewhere.blocks().copy();
        expired.addAll(due.and(requested.severalTimes()));
        if (!expired.isEmpty()) {
            context.requests().expire(expired, outputs.now());
            cancel(context, expired);
            failed(context, expired, ClaimOutcome.TIMEOUT);
            AddressSet again = askable(expired);
            expired.toList().stream().filter(this::isBeingVerified).forEach(again::remove);
            askOneOf(elsewhere.peers(), again);
        }
        context.requests().extend(due.minus(expired), outputs.now());
        context.requests().schedule();
    }

    private List<PeerContext> othersKnowing(AddressSet blocks, PeerContext context) {
        return contexts.presence().knowingAnyOf(blocks).stream()
                .filter(other -> other != context && other.roomForRequests() > 0).toList();
    }

    /** Drops the peer. Returns what can be asked of others now. */
    private AddressSet drop(PeerContext context, DepartureReason reason, String detail) {
        context.drop(reason, detail);
        return failed(context, context.requests().blocks(), ClaimOutcome.TIMEOUT);
    }

    /** What is to be fetched and neither requested nor had by anybody who could be asked. */
    AddressSet unavailable() {
        AddressSet missing = pending.fetches().minus(requested.all());
        for (PeerContext context : contexts.presence().knowingAnyOf(missing)) {
            AddressSet had = context.haveSet().hadOf(missing);
            had.removeAll(context.requests().refused());
            missing.removeAll(had);
        }
        return missing;
    }

    /** A round of search found nobody for these. Returns what is not to be tried again. */
    AddressSet searchedInVain(AddressSet blocks) {
        postponed.clear();
        tries.failed(blocks);
        return tries.exhausted().copy();
    }

    /** The peer that was asked first for this block. */
    Optional<PeerContext> requestedFrom(BlockAddress address) {
        return requested.of(address).stream().findFirst();
    }

    int retriesLeft(BlockAddress address) {
        return tries.left(address);
    }

    /** All requests. For reading. */
    RequestedBlocks requested() {
        return requested;
    }

    int size() {
        return requested.size();
    }
}
