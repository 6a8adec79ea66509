package dev.peerscope.transport.tcp;

/** The remote broke a rule on the way from the socket to the muxer; the message says which. */
final class ProtocolBroken extends Exception {

    ProtocolBroken(String rule) {
        super(rule);
    }
}
