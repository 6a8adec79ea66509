package dev.peerscope.node;

import java.util.List;
import java.util.Optional;

import dev.peerscope.limit.LimitName;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.WireLimits;

/** The bounds on one message, by their names. */
final class MessageLimits {

    private MessageLimits() {}

    /** None of them is in use between two messages. */
    static List<LimitUse> uses(WireLimits wire) {
        return List.of(new LimitUse(LimitName.MESSAGE_LENGTH, wire.messageLengthMax(), 0),
                new LimitUse(LimitName.MESSAGE_WANT_LIST, wire.wantListEntriesMax(), 0),
                new LimitUse(LimitName.MESSAGE_PRESENCES, wire.presencesMax(), 0),
                new LimitUse(LimitName.MESSAGE_DELIVERIES, wire.deliveriesMax(), 0),
                new LimitUse(LimitName.BLOCK_LENGTH, wire.blockLengthMax(), 0));
    }

    /** The bound that a violation met; absent when it broke a rule of the dialect or the form of a field. */
    static Optional<LimitName> nameOf(ProtocolViolation.Rule rule) {
        return switch (rule) {
            case MESSAGE_TOO_LONG -> Optional.of(LimitName.MESSAGE_LENGTH);
            case TOO_MANY_WANT_LIST_ENTRIES -> Optional.of(LimitName.MESSAGE_WANT_LIST);
            case TOO_MANY_PRESENCES -> Optional.of(LimitName.MESSAGE_PRESENCES);
            case TOO_MANY_DELIVERIES -> Optional.of(LimitName.MESSAGE_DELIVERIES);
            case BLOCK_TOO_LONG -> Optional.of(LimitName.BLOCK_LENGTH);
            case MALFORMED_LENGTH, MALFORMED, UNKNOWN_WANT_TYPE, UNKNOWN_PRESENCE_TYPE, PRIORITY_OUT_OF_RANGE,
                    INDEX_TOO_LARGE, DATA_MISSING, PROOF_TOO_LONG, PAYMENT_TOO_LONG, TOO_MANY_UNKNOWN_FIELDS ->
                Optional.empty();
        };
    }
}
