package dev.peerscope.transfer;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.NodeSettings;
import dev.peerscope.node.StoredDataset;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** A node in a process of its own: {@code serve <MiB>} makes a dataset and answers {@code <address> <tree> <blocks>}. */
final class ServingNode {

    static final int BLOCK_SIZE = 64 << 10;

    private ServingNode() {}

    public static void main(String[] arguments) throws Exception {
        try (var node = node(arguments[0])) {
            node.start();
            Told.run(words -> {
                int mib = Integer.parseInt(words[1]);
                StoredDataset dataset = node.content().importDataset(data(mib), BLOCK_SIZE, Optional.empty(),
                        Optional.empty());
                return node.addresses().getFirst().withPeerId(node.peerId()) + " " + dataset.treeCid() + " "
                        + (mib << 20) / BLOCK_SIZE;
            });
        }
    }

    static ExchangeNode node(String muxer) {
        var plain = HostSettings.listeningOn(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
        var host = new HostSettings(plain.listenAddresses(), List.of(muxer), plain.limits(), plain.timeouts(),
                plain.earlyMuxerNegotiation(), plain.agent());
        return new ExchangeNode(NodeSettings.of(host), IdentityKey.generate(KeyType.SECP256K1),
                new MemoryBlockStore(2L << 30), List.of(), InstantSource.system());
    }

    private static byte[] data(int mib) {
        byte[] data = new byte[mib << 20];
        new SplittableRandom(mib).nextBytes(data);
        return data;
    }
}
