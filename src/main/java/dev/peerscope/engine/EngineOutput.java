package dev.peerscope.engine;

import java.time.Instant;
import java.util.List;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.PeerId;

/** What must be done, and what has become true, in the order of their happening. */
public sealed interface EngineOutput {

    /**
     * Write this message to the peer.
     *
     * @param token
     *            a number to give back with {@link EngineInput.MessageWritten} when the message has been written, or with
     *            {@link EngineInput.MessageDropped} when it never will be
     */
    record Send(PeerId peer, long session, ExchangeMessage message, long token) implements EngineOutput {}

    /**
     * Read these blocks (at most 20, those of leaves with their proofs), send them in one message, and answer with
     * {@link EngineInput.BlocksSent}. At most one of these is under way per peer.
     */
    record SendBlocks(PeerId peer, long session, List<BlockAddress> addresses) implements EngineOutput {}

    /**
     * These were requested from this peer: verify each and store it, then answer with
     * {@link EngineInput.DeliveryStored} and {@link EngineInput.DeliveryRejected}.
     */
    record VerifyAndStore(PeerId peer, long session, List<BlockDelivery> deliveries) implements EngineOutput {}

    /** Close every connection to this peer for this reason; its leave is reported as usual. */
    record Disconnect(PeerId peer, long session, DepartureReason reason, String detail) implements EngineOutput {}

    /** Send {@link EngineInput.DeadlineReached} at this time; it takes the place of a time asked for before. */
    record WakeAt(Instant at) implements EngineOutput {}

    /** This is true now. */
    record Happened(ExchangeEvent event) implements EngineOutput {}
}
