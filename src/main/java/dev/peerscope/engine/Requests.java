package dev.peerscope.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.message.WantListEntry;

/**
 * Who has been asked to deliver what. A block is asked of one peer at a time, of one that has it; a request ends when the block
 * was stored, was refused, or is no longer to be fetched, when the peer denies it, is idle for too long or leaves.
 */
final class Requests {

    private final PeerContextStore contexts;
    private final PendingBlocks pending;
    private final EngineSettings settings;
    private final PeerSelection selection;
    private final Outputs outputs;

    private final Tries tries;
    private final Map<BlockAddress, PeerContext> requestedFrom = new HashMap<>();
    private final AddressSet requested = new AddressSet();
    /** Blocks that wait for the next round of {@link Search} because asking at once would be in vain. */
    private final AddressSet postponed = new AddressSet();

    Requests(PeerContextStore contexts, PendingBlocks pending, PeerSelection selection, EngineBasics basics) {
        this.contexts = contexts;
        this.pending = pending;
        this.selection = selection;
        this.settings = basics.settings();
        this.outputs = basics.outputs();
        this.tries = new Tries(settings.retries());
    }

    /** Asks for those of the blocks that are to be fetched, each of the best peer that has it and has room for a request. */
    void ask(AddressSet blocks) {
        AddressSet askable = askable(blocks);
        List<PeerContext> able = new ArrayList<>();
        var offered = new AddressSet();
        int room = 0;
        for (PeerContext context : contexts.presence().knowingAnyOf(askable)) {
            AddressSet offer = offer(context, askable);
            if (!offer.isEmpty()) {
                able.add(context);
                offered.addAll(offer);
                room += room(context);
            }
        }
        new WantWalk(offered).take(room).forEach(address -> askBest(able, address));
        able.forEach(this::requestsChanged);
    }

    private void askBest(List<PeerContext> able, BlockAddress address) {
        List<PeerContext> having = able.stream().filter(context -> room(context) > 0
                && context.haveSet().has(address) && !context.requests().refused().contains(address)).toList();
        if (!having.isEmpty()) {
            request(selection.best(having, address), address);
        }
    }

    /** Asks this peer for as much as it has and as may be requested of it. */
    void topUp(PeerContext context) {
        if (room(context) > 0) {
            AddressSet offer = offer(context, askable(pending.fetches()));
            new WantWalk(offer).take(room(context)).forEach(address -> request(context, address));
            requestsChanged(context);
        }
    }

    private AddressSet askable(AddressSet blocks) {
        AddressSet askable = blocks.and(pending.fetches());
        askable.removeAll(requested);
        askable.removeAll(postponed);
        askable.removeAll(tries.exhausted());
        return askable;
    }

    private AddressSet offer(PeerContext context, AddressSet blocks) {
        if (room(context) == 0) {
            return new AddressSet();
        }
        AddressSet offer = context.haveSet().hadOf(blocks);
        offer.removeAll(context.requests().refused());
        return offer;
    }

    private int room(PeerContext context) {
        return context.isSilenced() ? 0 : Math.max(0, settings.requestsPerPeer() - context.requests().size());
    }

    private void request(PeerContext context, BlockAddress address) {
        requestedFrom.put(address, context);
        requested.add(address);
        context.requests().requested(address, outputs.now());
        context.outbox().entry(WantListEntry.wantBlock(address));
    }

    /** The peer handed this block over. False if it was not asked to, or has done so already. */
    boolean delivered(PeerContext context, BlockAddress address) {
        return context.requests().delivered(address);
    }

    boolean isBeingVerified(BlockAddress address) {
        return requestedFrom(address).map(context -> context.requests().isVerifying(address)).orElse(false);
    }

    /** These were good, and are stored. */
    void fulfilled(PeerContext context, List<BlockAddress> addresses) {
        long claims = 0;
        for (BlockAddress address : addresses) {
            Optional<Duration> took = context.requests().fulfilled(address, outputs.now());
            if (took.isPresent()) {
                free(address);
                claims++;
                outputs.happened(new ExchangeEvent.BlockRetrieved(outputs.now(), context.peer(), address, took.get()));
            }
        }
        settled(context, ClaimOutcome.DELIVERED, claims);
    }

    /** What came for these was refused. Returns those that can be asked of others now. */
    AddressSet refused(PeerContext context, AddressSet blocks) {
        context.requests().refused(blocks.and(context.requests().blocks()));
        return failed(context, blocks, ClaimOutcome.INVALID);
    }

    /** The peer may have denied blocks that were requested from it. Returns those: they can be asked of others now. */
    AddressSet denied(PeerContext context) {
        AddressSet denied = context.haveSet().deniedOf(context.requests().awaited());
        denied.forEach(address -> context.outbox().entry(WantListEntry.cancel(address)));
        return failed(context, denied, ClaimOutcome.DONT_HAVE);
    }

    /** Requests of this peer ended badly, those that there are: each costs a try. Returns what can be asked of others now. */
    AddressSet failed(PeerContext context, AddressSet blocks, ClaimOutcome outcome) {
        AddressSet failed = blocks.and(context.requests().blocks());
        failed.forEach(address -> {
            context.requests().failed(address);
            free(address);
        });
        tries.failed(failed);
        settled(context, outcome, failed.size());
        return failed;
    }

    /** These came, but there is no room for them; nobody is asked again before the next round of search. */
    void postpone(PeerContext context, AddressSet blocks) {
        AddressSet came = blocks.and(context.requests().blocks());
        came.forEach(address -> {
            context.requests().withdrawn(address);
            free(address);
        });
        postponed.addAll(came);
        tries.failed(came);
        settled(context, ClaimOutcome.DELIVERED, came.size());
    }

    /** These are not to be fetched any more: who was asked for them is told so. */
    void withdraw(AddressSet unfetched) {
        Map<PeerContext, Long> withdrawn = new LinkedHashMap<>();
        unfetched.and(requested).forEach(address -> {
            PeerContext context = free(address);
            // What is being verified has been sent: the peer has forgotten that we asked for it.
            if (!context.requests().isVerifying(address)) {
                context.outbox().entry(WantListEntry.cancel(address));
            }
            context.requests().withdrawn(address);
            withdrawn.merge(context, 1L, Long::sum);
        });
        withdrawn.forEach((context, blocks) -> settled(context, ClaimOutcome.SUPERSEDED, blocks));
        tries.forget(unfetched);
        postponed.removeAll(unfetched);
    }

    private PeerContext free(BlockAddress address) {
        requested.remove(address);
        PeerContext context = requestedFrom.remove(address);
        if (context == null) {
            throw new IllegalStateException(address + " was not requested");
        }
        return context;
    }

    private void settled(PeerContext context, ClaimOutcome outcome, long blocks) {
        if (blocks > 0) {
            outputs.happened(new ExchangeEvent.ClaimsSettled(outputs.now(), context.peer(), outcome, blocks));
            requestsChanged(context);
        }
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

    /** The peer has requests open and has delivered nothing in time. */
    void overdue(PeerContext context) {
        context.drop(DepartureReason.PEER_TIMEOUT, context.requests().size() + " blocks requested, none delivered for "
                + settings.requestTimeout());
        ask(failed(context, context.requests().blocks(), ClaimOutcome.TIMEOUT));
    }

    /** What is to be fetched and neither requested nor had by anybody who could be asked. */
    AddressSet unavailable() {
        AddressSet missing = pending.fetches().minus(requested);
        for (PeerContext context : contexts.presence().knowingAnyOf(missing)) {
            AddressSet had = context.haveSet().hadOf(missing);
            had.removeAll(context.requests().refused());
            missing.removeAll(had);
        }
        return missing;
    }

    /** A round of search was in vain for these. Returns what is not to be tried again. */
    AddressSet searchedInVain(AddressSet blocks) {
        postponed.clear();
        tries.failed(blocks);
        return tries.exhausted().copy();
    }

    Optional<PeerContext> requestedFrom(BlockAddress address) {
        return Optional.ofNullable(requestedFrom.get(address));
    }

    int retriesLeft(BlockAddress address) {
        return tries.left(address);
    }

    /** All requests. For reading. */
    AddressSet requested() {
        return requested;
    }

    int size() {
        return requestedFrom.size();
    }
}
