package dev.peerscope.node;

import dev.peerscope.message.ExchangeMessage;

/** A message on its way to a peer; not a record, since equal messages are not the same one. Guarded by its lane. */
final class OutgoingMessage {

    final ExchangeMessage message;
    final int weight;
    /** Run when it has been handed to the socket. */
    final Runnable written;
    /** Run instead when the peer turns out not to speak the dialect. */
    final Runnable dropped;
    /** It was handed to a stream before, which died. */
    boolean again;

    OutgoingMessage(ExchangeMessage message, Runnable written, Runnable dropped) {
        this.message = message;
        this.weight = MessageWeight.of(message);
        this.written = written;
        this.dropped = dropped;
    }
}
