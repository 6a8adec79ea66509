package dev.peerscope.wire;

/** A stream broke a rule for which its connection is closed. */
public final class ProtocolViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Rule rule;

    /**
     * @param sentence what was read and what was expected, for people
     */
    public ProtocolViolation(Rule rule, String sentence) {
        super(sentence);
        this.rule = rule;
    }

    /** The rule that was broken. */
    public Rule rule() {
        return rule;
    }

    /** The rules that cost the connection. */
    public enum Rule {
        /** A frame's length is no varint, or not in its shortest form. */
        MALFORMED_LENGTH(false),
        /** A message is no protobuf: cut short, a bad wire type, a varint that is too long. */
        MALFORMED(false),
        /** A want that is neither for a block nor for its presence. */
        UNKNOWN_WANT_TYPE(false),
        /** A presence that is neither "have" nor "don't have". */
        UNKNOWN_PRESENCE_TYPE(false),
        /** A priority outside 0 to 2^31-1. */
        PRIORITY_OUT_OF_RANGE(false),
        /** A leaf index, or a number in a proof, of 2^63 or more; or a proof in a tree of 2^63-1 leaves. */
        INDEX_TOO_LARGE(false),
        /** A delivery without a data field; even an empty block has one. */
        DATA_MISSING(false),

        /** See {@link WireLimits#messageLengthMax()}. */
        MESSAGE_TOO_LONG(true),
        /** See {@link WireLimits#wantListEntriesMax()}. */
        TOO_MANY_WANT_LIST_ENTRIES(true),
        /** See {@link WireLimits#presencesMax()}. */
        TOO_MANY_PRESENCES(true),
        /** See {@link WireLimits#deliveriesMax()}. */
        TOO_MANY_DELIVERIES(true),
        /** See {@link WireLimits#blockLengthMax()}. */
        BLOCK_TOO_LONG(true),
        /** See {@link WireLimits#proofLengthMax()}. */
        PROOF_TOO_LONG(true),
        /** See {@link WireLimits#paymentLengthMax()}. */
        PAYMENT_TOO_LONG(true),
        /** See {@link WireLimits#unknownFieldsMax()}. */
        TOO_MANY_UNKNOWN_FIELDS(true);

        private final boolean limit;

        Rule(boolean limit) {
            this.limit = limit;
        }

        /** Whether this is a bound of ours that was met, rather than a rule of the dialect. */
        public boolean isLimit() {
            return limit;
        }
    }
}
