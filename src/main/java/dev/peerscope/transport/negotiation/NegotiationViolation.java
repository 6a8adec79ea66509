package dev.peerscope.transport.negotiation;

/** The remote broke a rule of multistream-select; the message says which. */
public final class NegotiationViolation extends Exception {

    NegotiationViolation(String rule) {
        super(rule);
    }
}
