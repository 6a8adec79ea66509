package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineInput.Rejection;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.RejectedRecord;

/**
 * Handles blocks that peers deliver. Whether a block was requested from this peer is asked before anything is spent on it
 * (protocol section 5.9); what was requested goes out to be verified and stored, and comes back as one or the other.
 */
final class BlocksDeliveryHandler {

    private final LocalBlocks local;
    private final Requests requests;
    private final BlockCancellation cancellation;
    private final Outputs outputs;

    BlocksDeliveryHandler(LocalBlocks local, Requests requests, BlockCancellation cancellation, Outputs outputs) {
        this.local = local;
        this.requests = requests;
        this.cancellation = cancellation;
        this.outputs = outputs;
    }

    /**
     * Handles the deliveries of one message.
     *
     * @param unusable deliveries that the decoder refused
     */
    void handle(PeerContext context, List<BlockDelivery> deliveries, List<RejectedRecord> unusable) {
        List<BlockDelivery> requested = new ArrayList<>();
        Map<BlockOutcome, List<BlockDelivery>> refused = new EnumMap<>(BlockOutcome.class);
        for (BlockDelivery delivery : deliveries) {
            if (requests.delivered(context, delivery.address())) {
                requested.add(delivery);
            } else {
                refused.computeIfAbsent(outcomeOfUnrequested(delivery.address()), _ -> new ArrayList<>())
                        .add(delivery);
            }
        }
        if (!requested.isEmpty()) {
            outputs.add(new EngineOutput.VerifyAndStore(context.peer(), context.session(), requested));
        }
        refused.forEach((outcome, blocks) -> received(context, outcome, blocks.size(),
                blocks.stream().mapToLong(delivery -> delivery.block().data().length).sum()));
        if (!unusable.isEmpty()) {
            // What cannot even be read is not the block, whoever asked for it.
            invalid(context, AddressSet.of(unusable.stream().flatMap(record -> record.address().stream()).toList()),
                    unusable.size());
        }
    }

    private BlockOutcome outcomeOfUnrequested(BlockAddress address) {
        return local.has(address) || requests.isBeingVerified(address) ? BlockOutcome.DUPLICATE
                : BlockOutcome.UNREQUESTED;
    }

    private void received(PeerContext context, BlockOutcome outcome, long blocks, long bytes) {
        outputs.happened(new ExchangeEvent.BlocksReceived(outputs.wallTime(), context.peer(), outcome, blocks, bytes));
    }

    /** Blocks were verified and stored. */
    void stored(PeerContext context, List<BlockAddress> addresses, long bytes) {
        context.countReceived(addresses.size(), bytes);
        received(context, BlockOutcome.OK, addresses.size(), bytes);
        requests.fulfilled(context, addresses);
        cancellation.resolveBlocks(AddressSet.of(addresses));
        requests.topUp(context);
    }

    /** Blocks were refused. They are asked of others; of this peer again only where it is not at fault. */
    void rejected(PeerContext context, List<Rejection> rejections) {
        var invalid = new AddressSet();
        var notKept = new AddressSet();
        for (Rejection rejection : rejections) {
            (rejection.reason().isOurs() ? notKept : invalid).add(rejection.address());
        }
        if (!notKept.isEmpty()) {
            requests.postpone(context, notKept);
        }
        if (!invalid.isEmpty()) {
            invalid(context, invalid, invalid.size());
        }
        requests.topUp(context);
    }

    private void invalid(PeerContext context, AddressSet blocks, long deliveries) {
        received(context, BlockOutcome.INVALID, deliveries, 0);
        requests.ask(requests.refused(context, blocks, deliveries));
    }
}
