package dev.peerscope.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineOutput.SendBlocks;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.limit.OutOfMemory;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.BlockStore.StoredBlock;
import dev.peerscope.wire.BatchLimits;

/**
 * Reads blocks that a peer asked for and sends them in one message: as many as the dialect allows in one, by number and by
 * bytes. Only those that were sent are reported as sent; the engine asks for the rest again.
 */
final class BlockSender {

    private static final Logger LOG = LoggerFactory.getLogger(BlockSender.class);

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
        storage.execute(() -> {
            try {
                readAndSend(request);
            } catch (RuntimeException | Error e) {
                OutOfMemory.endIfCause(e);
                // The engine serves a peer nothing more until it hears of this message, and would ask for the same at once.
                links.find(request.peer(), request.session()).ifPresent(
                        link -> link.close(DepartureReason.CONNECTION_LOST, "blocks could not be sent: " + e));
                throw e;
            }
        });
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
        var nothingSent = new EngineInput.BlocksSent(request.peer(), request.session(), List.of(), missing, 0);
        // With the session gone there is nobody to report to: its want-list is gone as well.
        links.find(request.peer(), request.session())
                .ifPresent(link -> link.send(ExchangeMessage.ofDeliveries(deliveries), () -> loop.submit(outcome),
                        () -> loop.submit(nothingSent)));
    }

    /** Blocks until a message is full. What is there no longer is missing, what does not fit is neither. */
    private List<BlockDelivery> read(List<BlockAddress> addresses, List<BlockAddress> missing) {
        var deliveries = new ArrayList<BlockDelivery>();
        long bytes = 0;
        for (var address : addresses) {
            var stored = stored(address);
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

    /** A block that cannot be read is as good as missing: the peer's ask waits until it is stored again. */
    private Optional<StoredBlock> stored(BlockAddress address) {
        try {
            return store.get(address);
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIfCause(e);
            LOG.error("a block that is held could not be read: address={}", address, e);
            return Optional.empty();
        }
    }
}
