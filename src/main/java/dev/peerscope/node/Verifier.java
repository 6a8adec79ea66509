package dev.peerscope.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineInput.Rejection;
import dev.peerscope.engine.EngineInput.RejectionReason;
import dev.peerscope.engine.EngineOutput.VerifyAndStore;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.limit.OutOfMemory;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.node.HeldBlocksListener.HeldBlock;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.BlockStoreFull;

/**
 * Looks whether delivered blocks are what was asked for, and stores those that are.
 *
 * <p>
 * A block by its own CID must have this CID and hash to it. A leaf must hash to the CID that it came with, and its proof
 * must be for the index that was asked for and lead from that digest to the tree's root: a proof that only parses proves
 * nothing ({@code docs/protocol.md} 5.8).
 */
final class Verifier {

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    private final BlockStore store;
    private final StorageExecutor storage;
    private final EngineLoop loop;
    private final List<HeldBlocksListener> listeners;

    Verifier(BlockStore store, StorageExecutor storage, EngineLoop loop, List<HeldBlocksListener> listeners) {
        this.store = store;
        this.storage = storage;
        this.loop = loop;
        this.listeners = List.copyOf(listeners);
    }

    /** Sets it going, and counts the blocks for their peer meanwhile; the outcome comes to the engine as inputs. */
    void verifyAndStore(VerifyAndStore request, PeerUse use) {
        boolean wasOverfull = storage.isOverfull();
        long bytes = request.deliveries().stream().mapToLong(MessageWeight::of).sum();
        use.add(MemoryKind.VERIFICATION, bytes);
        storage.verify(request.deliveries().size(), () -> {
            try {
                work(request);
            } finally {
                use.add(MemoryKind.VERIFICATION, -bytes);
            }
        }, loop::lookAgain);
        if (!wasOverfull && storage.isOverfull()) {
            loop.tellLimitMet(LimitName.VERIFICATION_QUEUE, Optional.of(request.peer()));
        }
    }

    private void work(VerifyAndStore request) {
        var stored = new ArrayList<HeldBlock>();
        var rejections = new ArrayList<Rejection>();
        for (var delivery : request.deliveries()) {
            verifyAndStore(delivery).ifPresentOrElse(
                    reason -> rejections.add(new Rejection(delivery.address(), reason)),
                    () -> stored.add(new HeldBlock(delivery.address(), delivery.block().data().length)));
        }
        if (!stored.isEmpty()) {
            var addresses = stored.stream().map(HeldBlock::address).toList();
            long bytes = stored.stream().mapToLong(HeldBlock::bytes).sum();
            loop.submit(new EngineInput.DeliveryStored(request.peer(), request.session(), addresses, bytes));
        }
        if (!rejections.isEmpty()) {
            loop.submit(new EngineInput.DeliveryRejected(request.peer(), request.session(), rejections));
        }
        // The engine first: it must hear of every block, whatever a listener does.
        if (!stored.isEmpty()) {
            listeners.forEach(listener -> Background.once("telling of held blocks", () -> listener.held(stored)));
        }
    }

    private Optional<RejectionReason> verifyAndStore(BlockDelivery delivery) {
        try {
            return switch (delivery.address()) {
                case BlockAddress.Standalone address -> check(address, delivery.block()).or(() -> {
                    store.put(delivery.block());
                    return Optional.empty();
                });
                case BlockAddress.Leaf address -> check(address, delivery).or(() -> {
                    store.putLeaf(address, delivery.block(), delivery.proof().orElseThrow());
                    return Optional.empty();
                });
            };
        } catch (BlockStoreFull e) {
            loop.tellLimitMet(LimitName.BLOCK_STORE);
            return Optional.of(RejectionReason.STORE_FULL);
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIfCause(e);
            // The engine waits for every block of a delivery, so each must have an outcome.
            LOG.error("a block could not be stored: address={}", delivery.address(), e);
            return Optional.of(RejectionReason.STORE_FAILED);
        }
    }

    private static Optional<RejectionReason> check(BlockAddress.Standalone address, Block block) {
        if (!block.cid().equals(address.cid())) {
            return Optional.of(RejectionReason.CID_WRONG);
        }
        return block.matches() ? Optional.empty() : Optional.of(RejectionReason.DATA_MISMATCH);
    }

    /** The cheap checks come first. */
    private static Optional<RejectionReason> check(BlockAddress.Leaf address, BlockDelivery delivery) {
        var block = delivery.block();
        if (delivery.proof().isEmpty()) {
            return Optional.of(RejectionReason.PROOF_MISSING);
        }
        MerkleProof proof = delivery.proof().get();
        if (proof.index() != address.index()) {
            return Optional.of(RejectionReason.INDEX_WRONG);
        }
        if (!block.cid().isCodec(CodexCodec.BLOCK)) {
            return Optional.of(RejectionReason.CID_WRONG);
        }
        if (!block.matches()) {
            return Optional.of(RejectionReason.DATA_MISMATCH);
        }
        return proof.proves(address, block.cid()) ? Optional.empty() : Optional.of(RejectionReason.PROOF_WRONG);
    }
}
