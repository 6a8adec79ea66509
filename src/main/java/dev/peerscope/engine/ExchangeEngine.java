package dev.peerscope.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;

/**
 * Decides everything that happens in the exchange: handed what the world did and when, it says what must be done and what has
 * become true. For one thread; the same inputs at the same times with the same randomness give the same outputs.
 */
public final class ExchangeEngine {

    private final PendingBlocks pending = new PendingBlocks();
    private final PeerContextStore contexts = new PeerContextStore(pending.wants());
    private final LocalBlocks local = new LocalBlocks();
    private final Outputs outputs = new Outputs();
    private final Deadlines deadlines = new Deadlines();

    private final Requests requests;
    private final BlockServing serving;
    private final BlockCancellation cancellation;
    private final PeerSetup setup;
    private final OwnWants ownWants;
    private final WantListHandler wantListHandler;
    private final BlockPresenceHandler presenceHandler;
    private final BlocksDeliveryHandler deliveryHandler;
    private final EngineReader reader;
    private final EngineTotals totals = new EngineTotals();

    private @Nullable Instant wakeAt;

    /** @param random chooses among peers that are equally good */
    public ExchangeEngine(EngineSettings settings, EngineLimits limits, RandomGenerator random) {
        var basics = new EngineBasics(settings, limits, outputs, deadlines);
        this.requests = new Requests(contexts, pending, new PeerSelection(settings.preferCheap(), random), basics);
        this.serving = new BlockServing(contexts, local, outputs);
        this.cancellation = new BlockCancellation(contexts, pending, requests, serving);
        var search = new Search(pending, requests, cancellation, basics);
        this.setup = new PeerSetup(contexts, pending, requests, basics);
        this.ownWants = new OwnWants(contexts, pending, local, requests, search, cancellation, basics);
        this.wantListHandler = new WantListHandler(local, serving);
        this.presenceHandler = new BlockPresenceHandler(contexts.presence(), pending, requests, outputs);
        this.deliveryHandler = new BlocksDeliveryHandler(local, requests, cancellation, outputs);
        this.reader = new SwarmReader(contexts, pending, local, requests);
    }

    /** Handles one input completely, where no clock is ever set. */
    public List<EngineOutput> handle(EngineInput input, Instant now) {
        return handle(input, now, now);
    }

    /**
     * Handles one input completely.
     *
     * @param now the time of this input by a clock that is never set; one earlier than that of the input before counts as the same
     * @param wallTime the time that is shown, and that decides nothing
     * @return what must be done and what has become true, in the order of happening
     */
    public List<EngineOutput> handle(EngineInput input, Instant now, Instant wallTime) {
        outputs.begin(now, wallTime);
        switch (input) {
            case EngineInput.PeerConnected joined -> setup.join(joined);
            case EngineInput.OfPeer ofPeer -> contexts.find(ofPeer.peer())
                    .filter(context -> context.session() == ofPeer.session())
                    .ifPresentOrElse(context -> handleOf(context, ofPeer), () -> handleOfPast(ofPeer));
            case EngineInput.BlocksWanted(var holder, var blocks) -> ownWants.want(holder, blocks);
            case EngineInput.WantsReleased(var holder) -> ownWants.release(holder);
            case EngineInput.BlocksStored(var blocks) -> cancellation.resolveBlocks(AddressSet.ofSets(blocks));
            case EngineInput.BlocksDeleted(var blocks) -> serving.deleted(AddressSet.ofSets(blocks));
            case EngineInput.PriceChanged(var price) -> local.priced(price);
            case EngineInput.DeadlineReached() -> {
                // The wake has been used up, even if it came too early.
                wakeAt = null;
                deadlines.reached(outputs.now());
            }
        }
        outputs.flush();
        totals.update(contexts, pending, local);
        wake();
        return outputs.end();
    }

    private void handleOf(PeerContext context, EngineInput.OfPeer input) {
        switch (input) {
            case EngineInput.PeerDisconnected(_, _, var reason) -> setup.leave(context, reason);
            case EngineInput.MessageReceived(_, _, var message, var othersWait) -> {
                context.othersWait(othersWait);
                handleMessage(context, message);
            }
            case EngineInput.MessageWritten(_, _, var token) -> context.written(token);
            case EngineInput.MessageDropped(_, _, var token) -> context.messageDropped(token);
            case EngineInput.PeerStalled _ -> context.stalled(true);
            case EngineInput.PeerWritable _ -> resume(context);
            case EngineInput.BlocksSent sent -> serving.sent(context, sent);
            case EngineInput.DeliveryStored(_, _, var addresses, var bytes) ->
                deliveryHandler.stored(context, addresses, bytes);
            case EngineInput.DeliveryRejected(_, _, var rejections) -> deliveryHandler.rejected(context, rejections);
            case EngineInput.RefreshRequested _ -> context.refresh().restart();
        }
    }

    /** What was stored is held, whoever delivered it; all else about a session that is over means nothing any more. */
    private void handleOfPast(EngineInput.OfPeer input) {
        if (input instanceof EngineInput.DeliveryStored(_, _, var addresses, _)) {
            cancellation.resolveBlocks(AddressSet.of(addresses));
        }
    }

    private void handleMessage(PeerContext context, ExchangeMessage message) {
        if (context.isDropped()) {
            return;
        }
        context.heard();
        message.account().ifPresent(context::named);
        long unusablePresences = rejected(message, RejectedRecord.Part.PRESENCE).size();
        if (!message.presences().isEmpty() || unusablePresences > 0) {
            presenceHandler.handle(context, message.presences(), unusablePresences);
        }
        List<RejectedRecord> unusableDeliveries = rejected(message, RejectedRecord.Part.DELIVERY);
        if (!message.deliveries().isEmpty() || !unusableDeliveries.isEmpty()) {
            deliveryHandler.handle(context, message.deliveries(), unusableDeliveries);
        }
        if (!message.wantList().entries().isEmpty()) {
            wantListHandler.handle(context, message.wantList());
        }
    }

    private static List<RejectedRecord> rejected(ExchangeMessage message, RejectedRecord.Part part) {
        return message.rejected().isEmpty() ? List.of()
                : message.rejected().stream().filter(record -> record.part() == part).toList();
    }

    /** The peer reads again: what waited for that goes on. */
    private void resume(PeerContext context) {
        context.stalled(false);
        outputs.filled(context.outbox());
        serving.serve(context);
        requests.topUp(context);
        context.refresh().proceed();
    }

    private void wake() {
        Optional<Instant> earliest = deadlines.earliest();
        if (earliest.isPresent() && !earliest.get().equals(wakeAt)) {
            wakeAt = earliest.get();
            outputs.add(new EngineOutput.WakeAt(wakeAt));
        }
    }

    /** What the engine knows; to be read between two calls of {@link #handle}. */
    public EngineReader reader() {
        return reader;
    }

    /** What any thread may ask for, at any time. */
    public EngineTotals totals() {
        return totals;
    }

    PeerContextStore contexts() {
        return contexts;
    }

    PendingBlocks pending() {
        return pending;
    }

    LocalBlocks local() {
        return local;
    }

    Requests requests() {
        return requests;
    }
}
