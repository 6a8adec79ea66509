package dev.peerscope.node;

import java.util.Locale;

import dev.peerscope.engine.EngineInput;

/** What the engine's thread spends its time on: a closed set, to measure by. */
public enum EngineInputKind {
    PEER_CONNECTED, PEER_DISCONNECTED, MESSAGE_RECEIVED, MESSAGE_WRITTEN, MESSAGE_DROPPED, PEER_STALLED, PEER_WRITABLE,
    BLOCKS_SENT,
    DELIVERY_STORED, DELIVERY_REJECTED, REFRESH_REQUESTED, BLOCKS_WANTED, WANTS_RELEASED, BLOCKS_STORED, BLOCKS_DELETED,
    PRICE_CHANGED,
    DEADLINE_REACHED,
    /** A question of a reader; no input of the engine, but its time. */
    QUESTION;

    static EngineInputKind of(EngineInput input) {
        return switch (input) {
            case EngineInput.PeerConnected _ -> PEER_CONNECTED;
            case EngineInput.PeerDisconnected _ -> PEER_DISCONNECTED;
            case EngineInput.MessageReceived _ -> MESSAGE_RECEIVED;
            case EngineInput.MessageWritten _ -> MESSAGE_WRITTEN;
            case EngineInput.MessageDropped _ -> MESSAGE_DROPPED;
            case EngineInput.PeerStalled _ -> PEER_STALLED;
            case EngineInput.PeerWritable _ -> PEER_WRITABLE;
            case EngineInput.BlocksSent _ -> BLOCKS_SENT;
            case EngineInput.DeliveryStored _ -> DELIVERY_STORED;
            case EngineInput.DeliveryRejected _ -> DELIVERY_REJECTED;
            case EngineInput.RefreshRequested _ -> REFRESH_REQUESTED;
            case EngineInput.BlocksWanted _ -> BLOCKS_WANTED;
            case EngineInput.WantsReleased _ -> WANTS_RELEASED;
            case EngineInput.BlocksStored _ -> BLOCKS_STORED;
            case EngineInput.BlocksDeleted _ -> BLOCKS_DELETED;
            case EngineInput.PriceChanged _ -> PRICE_CHANGED;
            case EngineInput.DeadlineReached _ -> DEADLINE_REACHED;
        };
    }

    /** The word used by metrics. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
