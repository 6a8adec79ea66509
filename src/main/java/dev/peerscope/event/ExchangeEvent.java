package dev.peerscope.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/** Something that became true in the exchange, at a time of the engine's clock. */
public sealed interface ExchangeEvent {

    /** The engine's time at which it became true. */
    Instant at();

    /** A peer's first connection stands and its context was made. */
    record PeerJoined(Instant at, PeerId peer, Direction direction) implements ExchangeEvent {}

    /**
     * A peer's last connection is gone and its context with it; the changes that this caused came before.
     *
     * @param joinedAt
     *            when the session began
     * @param lastExchangeAt
     *            when the last message of the exchange was received from it, if any
     */
    record PeerLeft(Instant at, PeerId peer, Direction direction, DepartureReason reason, Instant joinedAt,
            Optional<Instant> lastExchangeAt, PeerCounters counters) implements ExchangeEvent {

        public Duration session() {
            return Duration.between(joinedAt, at);
        }
    }

    /**
     * A presence message was handled; counts are in blocks and add up to what was told.
     *
     * @param applied
     *            changed something
     * @param confirmed
     *            said again what we knew
     * @param ignored
     *            about blocks that we do not want
     * @param rejected
     *            not usable, or over a bound
     */
    record PresenceTold(Instant at, PeerId peer, long applied, long confirmed, long ignored,
            long rejected) implements ExchangeEvent {}

    /**
     * Presence of some blocks at one peer changed in the same way for the same reason.
     *
     * @param blocks
     *            the blocks, all in the same previous state and at the same prices
     * @param price
     *            the price from now on; present with {@code ADDED} and {@code REPRICED}
     * @param previousPrice
     *            the price until now; present when the previous state was {@code HAVE}
     * @param previousState
     *            what we knew before
     */
    record PresenceChanged(Instant at, PeerId peer, PresenceChange change, PresenceReason reason, BlockSet blocks,
            Optional<Price> price, Optional<Price> previousPrice, PresenceState previousState)
            implements
            ExchangeEvent {}

    /**
     * A peer's want-list changed.
     *
     * @param blocks
     *            the addresses, at least one
     */
    record WantListChanged(Instant at, PeerId peer, WantListChange change, WantListReason reason,
            List<BlockAddress> blocks) implements ExchangeEvent {

        public WantListChanged {
            blocks = List.copyOf(blocks);
        }
    }

    /** Blocks that a peer delivered were looked at; {@code bytes} is their data. */
    record BlocksReceived(Instant at, PeerId peer, BlockOutcome outcome, long blocks, long bytes)
            implements
            ExchangeEvent {}

    /** A block that was asked of this peer arrived and was stored, so long after the ask. */
    record BlockRetrieved(Instant at, PeerId peer, BlockAddress address, Duration took) implements ExchangeEvent {}

    /** Blocks were written to a peer; {@code bytes} is their data. */
    record BlocksDelivered(Instant at, PeerId peer, long blocks, long bytes) implements ExchangeEvent {}

    /** Claims of a peer to have blocks that we then asked for came to an end. */
    record ClaimsSettled(Instant at, PeerId peer, ClaimOutcome outcome, long blocks) implements ExchangeEvent {}

    /** Blocks that a download wants were tried as often as allowed and are given up. */
    record FetchFailed(Instant at, String holder, BlockSet blocks) implements ExchangeEvent {}

    /** A peer named its account. */
    record AccountReceived(Instant at, PeerId peer, String account) implements ExchangeEvent {}

    /**
     * A bound was met.
     *
     * @param peer
     *            who met it, where a peer did
     * @param times
     *            how many records, entries or attempts it turned away
     */
    record LimitMet(Instant at, LimitName limit, Optional<PeerId> peer, long times) implements ExchangeEvent {}
}
