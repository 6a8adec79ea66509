package dev.peerscope.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;
import dev.peerscope.node.TestNodes.TestNode;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.Stream;

/** A peer on a socket that says that it has everything it is asked about, and delivers in its own manner. */
final class ClaimingPeer implements AutoCloseable {

    /** What it delivers of the blocks that were requested of it and not cancelled, each time that it is asked. */
    interface Manner {

        List<BlockDelivery> deliver(Deque<BlockAddress> requested);
    }

    private final RawPeer peer = new RawPeer();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Stream stream;
    private final Manner manner;
    private final Deque<BlockAddress> requested = new ArrayDeque<>();
    private int heard;

    ClaimingPeer(TestNode node, Manner manner) throws Exception {
        this.manner = manner;
        this.stream = peer.open(peer.dial(node));
        var unused = scheduler.scheduleWithFixedDelay(this::turn, 0, 5, TimeUnit.MILLISECONDS);
    }

    PeerId id() {
        return peer.peerId();
    }

    private void turn() {
        var asked = new ArrayList<BlockAddress>();
        while (heard < peer.heard.size()) {
            for (WantListEntry entry : peer.heard.get(heard++).wantList().entries()) {
                if (entry.cancel()) {
                    requested.remove(entry.address());
                } else if (entry.wantType() == WantType.BLOCK) {
                    requested.add(entry.address());
                } else {
                    asked.add(entry.address());
                }
            }
        }
        if (!asked.isEmpty()) {
            RawPeer.say(stream, ExchangeMessage.ofPresences(BlockSet.group(asked).stream()
                    .map(blocks -> BlockPresence.have(blocks, Price.ZERO)).toList()));
        }
        List<BlockDelivery> deliveries = manner.deliver(requested);
        if (!deliveries.isEmpty()) {
            RawPeer.say(stream, ExchangeMessage.ofDeliveries(deliveries));
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        peer.close();
    }
}
