package dev.peerscope.node;

import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;

/** What a message weighs in queues: about its bytes on the wire, without encoding it. */
final class MessageWeight {

    private static final int MESSAGE = 64;
    private static final int ENTRY = 60;
    private static final int PRESENCE = 90;
    private static final int DELIVERY = 200;

    private MessageWeight() {}

    static int of(ExchangeMessage message) {
        long weight = MESSAGE + (long) ENTRY * message.wantList().entries().size();
        for (var presence : message.presences()) {
            weight += PRESENCE * presence.blocks().count();
        }
        for (var delivery : message.deliveries()) {
            weight += of(delivery);
        }
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }

    static long of(BlockDelivery delivery) {
        return DELIVERY + delivery.block().data().length + delivery.proof().map(proof -> proof.path().length).orElse(0);
    }
}
