package dev.peerscope.engine;

import java.util.List;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/**
 * What the world did.
 *
 * <p>
 * A {@code session} is a number that the node gives to the time between a peer's join and its leave, larger for each later
 * join. An input that names another session than the present one speaks of the past and is ignored.
 */
public sealed interface EngineInput {

    /** An input about one peer in a session that has begun. */
    sealed interface OfPeer extends EngineInput {

        PeerId peer();

        long session();
    }

    /**
     * The first connection of a peer stands.
     *
     * @param use
     *            is told what the engine keeps for the peer
     */
    record PeerConnected(PeerId peer, long session, Direction direction, PeerUse use) implements EngineInput {

        /** A peer whose memory has no bound. */
        public PeerConnected(PeerId peer, long session, Direction direction) {
            this(peer, session, direction, PeerUse.unlimited());
        }
    }

    /** The last connection of a peer is gone. */
    record PeerDisconnected(PeerId peer, long session, DepartureReason reason) implements OfPeer {}

    /**
     * A message arrived and was decoded.
     *
     * @param othersWait
     *            whether further messages of the peer have arrived, or may have and have not been read
     */
    record MessageReceived(PeerId peer, long session, ExchangeMessage message, boolean othersWait) implements OfPeer {

        public MessageReceived(PeerId peer, long session, ExchangeMessage message) {
            this(peer, session, message, false);
        }

        public MessageReceived withOthersWaiting() {
            return new MessageReceived(peer, session, message, true);
        }
    }

    /** The message that left with this token has been written to the socket. */
    record MessageWritten(PeerId peer, long session, long token) implements OfPeer {}

    /** The message that left with this token will never be written: the peer does not speak the exchange at present. */
    record MessageDropped(PeerId peer, long session, long token) implements OfPeer {}

    /** The outbound queue of the peer is full: produce nothing for it until it is writable. */
    record PeerStalled(PeerId peer, long session) implements OfPeer {}

    /** The outbound queue of the peer has room again. */
    record PeerWritable(PeerId peer, long session) implements OfPeer {}

    /**
     * What {@code SendBlocks} asked for has been read and written, as far as it was there.
     *
     * @param sent
     *            addresses whose blocks were written
     * @param missing
     *            addresses whose blocks were no longer held
     * @param bytes
     *            data of the blocks that were written
     */
    record BlocksSent(PeerId peer, long session, List<BlockAddress> sent, List<BlockAddress> missing, long bytes)
            implements
            OfPeer {}

    /**
     * Blocks of a delivery were verified and stored. They are held locally from now on.
     *
     * @param bytes
     *            their data
     */
    record DeliveryStored(PeerId peer, long session, List<BlockAddress> addresses, long bytes) implements OfPeer {}

    /** Blocks of a delivery were refused; they are to be asked for elsewhere. */
    record DeliveryRejected(PeerId peer, long session, List<Rejection> rejections) implements OfPeer {}

    /** Someone wishes to know now, not at the next turn, what this peer has. */
    record RefreshRequested(PeerId peer, long session) implements OfPeer {}

    /**
     * A watch or a download begins to hold wants; called again with the same holder it holds these as well. Blocks held
     * locally already are no wants of a download.
     */
    record BlocksWanted(WantHolder holder, List<BlockSet> blocks) implements EngineInput {}

    /** A watch or a download holds nothing any more. */
    record WantsReleased(String holder) implements EngineInput {}

    /** Blocks are held locally from now on: at start, by import, or copied. */
    record BlocksStored(List<BlockSet> blocks) implements EngineInput {}

    /** Blocks are no longer held locally. */
    record BlocksDeleted(List<BlockSet> blocks) implements EngineInput {}

    /** From now on this is what we ask for each block that we tell others we hold; at the beginning nothing. */
    record PriceChanged(Price price) implements EngineInput {}

    /** A time asked for by {@code WakeAt} has come; too early or too often does no harm. */
    record DeadlineReached() implements EngineInput {}

    /** Why a delivered block was refused. */
    record Rejection(BlockAddress address, RejectionReason reason) {}

    /** Rules that a delivered block can break. */
    enum RejectionReason {
        /** Its data does not hash to its CID. */
        DATA_MISMATCH,
        /** A leaf came without proof. */
        PROOF_MISSING,
        /** The proof does not tie the block to this tree. */
        PROOF_WRONG,
        /** The proof is for another index. */
        INDEX_WRONG,
        /** It came under a CID that was not asked for. */
        CID_WRONG,
        /** There is no room for it here; not the peer's fault. */
        STORE_FULL,
        /** It could not be checked or stored here; not the peer's fault. */
        STORE_FAILED;

        /** Whether the peer did nothing wrong. */
        boolean isOurs() {
            return this == STORE_FULL || this == STORE_FAILED;
        }
    }
}
