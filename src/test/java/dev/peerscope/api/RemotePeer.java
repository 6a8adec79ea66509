package dev.peerscope.api;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.peerscope.Patience;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.NodeSettings;
import dev.peerscope.node.StoredDataset;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.SignedPeerRecord;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.TestHost;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** Another node on loopback, with an identity and blocks of its own. */
final class RemotePeer implements AutoCloseable {

    private static final int BLOCK_SIZE = 1024;
    private static final EngineSettings BRISK = new EngineSettings(Duration.ofMillis(200), 10_000, Patience.LONG,
            Patience.LONG, 512, 3_000, false);

    private final IdentityKey identity = IdentityKey.generate(KeyType.SECP256K1);
    private final ExchangeNode node;

    RemotePeer() {
        this("peerscope");
    }

    RemotePeer(String agent) {
        var usual = TestHost.patient();
        var host = new HostSettings(usual.listenAddresses(), usual.muxers(), usual.limits(), usual.timeouts(),
                usual.earlyMuxerNegotiation(), agent);
        node = new ExchangeNode(NodeSettings.of(host).withEngine(BRISK), identity,
                new MemoryBlockStore(), List.of(), InstantSource.system());
        node.start();
    }

    ExchangeNode node() {
        return node;
    }

    String id() {
        return node.peerId().toString();
    }

    /** The body of a dial. */
    String dialRequest() {
        return "{\"address\": \"" + new PeerAddress(node.addresses().getFirst(), Optional.of(node.peerId())) + "\"}";
    }

    /** Its address under its signature. */
    SignedPeerRecord record() {
        return SignedPeerRecord.sign(identity.publicKeyProtobuf(), 1, node.addresses(), identity::sign);
    }

    /** Has a dataset of so many blocks of 1 KiB from now on. */
    StoredDataset has(int blocks) {
        byte[] data = new byte[blocks * BLOCK_SIZE];
        new Random(blocks).nextBytes(data);
        return node.content().importDataset(data, BLOCK_SIZE, Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {
        node.close();
    }
}
