package dev.peerscope.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantType;

/** A peer that delivers what is requested of it, twenty blocks at a time, until nothing is requested any more. */
final class Deliveries {

    private static final Block BLOCK = Block.of(CodexCodec.BLOCK, new byte[10]);

    private Deliveries() {}

    static int all(TestNode node, TestPeer peer) {
        Deque<BlockAddress> requested = new ArrayDeque<>();
        collect(node.latestMessagesTo(peer), requested);
        int delivered = 0;
        while (!requested.isEmpty()) {
            List<BlockAddress> some = requested.stream().limit(20).toList();
            some.forEach(requested::remove);
            node.receives(peer, ExchangeMessage.ofDeliveries(
                    some.stream().map(address -> new BlockDelivery(address, BLOCK, Optional.empty())).toList()));
            node.when(new EngineInput.DeliveryStored(peer.id(), peer.session(), some, 10L * some.size()));
            collect(node.latestMessagesTo(peer), requested);
            delivered += some.size();
        }
        return delivered;
    }

    private static void collect(List<ExchangeMessage> messages, Deque<BlockAddress> requested) {
        messages.stream().flatMap(message -> message.wantList().entries().stream())
                .filter(entry -> entry.wantType() == WantType.BLOCK).forEach(entry -> requested.add(entry.address()));
    }
}
