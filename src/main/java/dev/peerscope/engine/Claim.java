package dev.peerscope.engine;

import java.util.Comparator;
import java.util.Optional;

import dev.peerscope.block.Price;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceState;
import dev.peerscope.message.BlockPresence;

/**
 * What a peer says of a block: that it has it at a price, that it does not have it, or nothing.
 *
 * @param price zero unless it has the block
 */
record Claim(PresenceState state, Price price) implements Comparable<Claim> {

    static final Claim DENIED = new Claim(PresenceState.DONT_HAVE, Price.ZERO);
    static final Claim UNKNOWN = new Claim(PresenceState.UNKNOWN, Price.ZERO);

    private static final Comparator<Claim> ORDER = Comparator.comparing(Claim::state).thenComparing(Claim::price);

    static Claim have(Price price) {
        return new Claim(PresenceState.HAVE, price);
    }

    static Claim of(BlockPresence told) {
        return switch (told.type()) {
            case HAVE -> have(told.price());
            case DONT_HAVE -> DENIED;
        };
    }

    boolean isUnknown() {
        return state == PresenceState.UNKNOWN;
    }

    boolean isHave() {
        return state == PresenceState.HAVE;
    }

    Optional<Price> priceIfHad() {
        return isHave() ? Optional.of(price) : Optional.empty();
    }

    /** The name of the step from this claim to a different one. */
    PresenceChange changeTo(Claim next) {
        return switch (next.state) {
            case HAVE -> isHave() ? PresenceChange.REPRICED : PresenceChange.ADDED;
            case DONT_HAVE -> PresenceChange.DENIED;
            case UNKNOWN -> isHave() ? PresenceChange.REMOVED : PresenceChange.UNDENIED;
        };
    }

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
