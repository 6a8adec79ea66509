package dev.peerscope.node;

import java.util.Optional;

import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.WireLimits;

/** The bounds on one message, by their names. */
final class MessageLimits {

    private MessageLimits() {}

    /** Makes them known. */
    static void register(WireLimits wire, LimitRegister register) {
        register.register(LimitName.MESSAGE_LENGTH, wire.messageLengthMax());
        register.register(LimitName.MESSAGE_WANT_LIST, wire.wantListEntriesMax());
        register.register(LimitName.MESSAGE_PRESENCES, wire.presencesMax());
        register.register(LimitName.MESSAGE_DELIVERIES, wire.deliveriesMax());
        register.register(LimitName.BLOCK_LENGTH, wire.blockLengthMax());
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
