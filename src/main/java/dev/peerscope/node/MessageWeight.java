package dev.peerscope.node;

import dev.peerscope.block.BlockSet;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;

/** What a message weighs before it is encoded: in memory, where blocks asked about and spoken of are ranges, and on the wire. */
final class MessageWeight {

    private static final int MESSAGE = 64;
    private static final int ENTRY = 60;
    private static final int PRESENCE = 90;
    private static final int DELIVERY = 200;
    /** A set of blocks in memory, and each range of it. */
    private static final int SET = 100;
    private static final int RANGE = 16;

    private MessageWeight() {}

    /** Bytes that it takes as objects; data of blocks counts, though the store may hold the same. */
    static int inMemory(ExchangeMessage message) {
        long weight = ofEntriesAndDeliveries(message);
        for (var blocks : message.wantList().wantHaves()) {
            weight += inMemory(blocks);
        }
        for (var presence : message.presences()) {
            weight += inMemory(presence.blocks());
        }
        return clamped(weight);
    }

    private static long inMemory(BlockSet blocks) {
        return switch (blocks) {
            case BlockSet.Single _ -> SET;
            case BlockSet.Leaves(_, var ranges) -> SET + (long) RANGE * ranges.rangeCount();
        };
    }

    /** About its bytes on the wire. */
    static int onTheWire(ExchangeMessage message) {
        long weight = ofEntriesAndDeliveries(message);
        for (var blocks : message.wantList().wantHaves()) {
            weight += ENTRY * blocks.count();
        }
        for (var presence : message.presences()) {
            weight += PRESENCE * presence.blocks().count();
        }
        return clamped(weight);
    }

    /** Which take about as much in memory as on the wire. */
    private static long ofEntriesAndDeliveries(ExchangeMessage message) {
        return MESSAGE + (long) ENTRY * message.wantList().entries().size()
                + message.deliveries().stream().mapToLong(MessageWeight::of).sum();
    }

    /** Bytes that a delivered block takes, in memory and on the wire. */
    static long of(BlockDelivery delivery) {
        return DELIVERY + delivery.block().data().length + delivery.proof().map(proof -> proof.path().length).orElse(0);
    }

    private static int clamped(long weight) {
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }
}
