package dev.peerscope.it;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.NodeSettings;
import dev.peerscope.node.StoredDataset;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/**
 * A program that serves one dataset until it is killed or its standard input ends.
 *
 * <p>
 * Arguments: file of the identity key, listen address, number of blocks, seed of the data. It prints
 * {@code serving <address with peer id> <tree CID>} when it can be dialled.
 */
final class ServingNode {

    static final int BLOCK_SIZE = 16 * 1024;

    private ServingNode() {}

    public static void main(String[] arguments) throws Exception {
        var identity = IdentityKey.loadOrCreate(Path.of(arguments[0]), KeyType.SECP256K1);
        var host = HostSettings.listeningOn(Multiaddr.parse(arguments[1]));
        try (var node = new ExchangeNode(NodeSettings.of(host), identity, new MemoryBlockStore(), List.of(),
                InstantSource.system())) {
            var dataset = importInto(node, Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
            node.start();
            System.out.println(
                    "serving " + node.addresses().getFirst().withPeerId(node.peerId()) + " " + dataset.treeCid());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static StoredDataset importInto(ExchangeNode node, int blocks, long seed) {
        byte[] data = new byte[blocks * BLOCK_SIZE];
        new Random(seed).nextBytes(data);
        return node.content().importDataset(data, BLOCK_SIZE, Optional.empty(), Optional.empty());
    }
}
