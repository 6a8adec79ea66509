package dev.peerscope.node;

import java.util.ArrayList;
import java.util.List;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineOutput.SendBlocks;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.store.BlockStore;
import dev.peerscope.wire.BatchLimits;

/**
 * Reads blocks that a peer asked for and sends them in one message: as many as the dialect allows in one, by number and by
 * bytes. Only those that were sent are reported as sent; the engine asks for the rest again.
 */
final class BlockSender {

    private final BlockStore store;
    private final StorageExecutor storage;
    private final EngineLoop loop;
    private final PeerLinks links;
    private final BatchLimits limits;

    BlockSender(BlockStore store, StorageExecutor storage, EngineLoop loop, PeerLinks links, BatchLimits limits) {
        this.store = store;
        this.storage = storage;
        this.loop = loop;
        this.links = links;
        this.limits = limits;
    }

    /** Sets it going; the outcome comes to the engine as an input once the message was written. */
    void send(SendBlocks request) {
        storage.execute(() -> readAndSend(request));
    }

    private void readAndSend(SendBlocks request) {
        var missing = new ArrayList<BlockAddress>();
        var deliveries = read(request.addresses(), missing);
        var addresses = deliveries.stream().map(BlockDelivery::address).toList();
        long bytes = deliveries.stream().mapToLong(delivery -> delivery.block().data().length).sum();
        var outcome = new EngineInput.BlocksSent(request.peer(), request.session(), addresses, missing, bytes);
        if (deliveries.isEmpty()) {
            loop.submit(outcome);
            return;
        }
        // With the session gone there is nobody to report to: its want-list is gone as well.
        links.find(request.peer(), request.session()).ifPresent(
                link -> link.send(ExchangeMessage.ofDeliveries(deliveries), () -> loop.submit(outcome)));
    }

    /** Blocks until a message is full. What is there no longer is missing, what does not fit is neither. */
    private List<BlockDelivery> read(List<BlockAddress> addresses, List<BlockAddress> missing) {
        var deliveries = new ArrayList<BlockDelivery>();
        long bytes = 0;
        for (var address : addresses) {
            var stored = store.get(address);
            if (stored.isEmpty()) {
                missing.add(address);
                continue;
            }
            int length = stored.get().block().data().length;
            boolean fits = deliveries.isEmpty()
                    || deliveries.size() < limits.deliveries() && bytes + length <= limits.deliveryBytes();
            if (!fits) {
                break;
            }
            deliveries.add(new BlockDelivery(address, stored.get().block(), stored.get().proof()));
            bytes += length;
        }
        return deliveries;
    }
}
