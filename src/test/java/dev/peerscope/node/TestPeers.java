package dev.peerscope.node;

import java.nio.charset.StandardCharsets;

import dev.peerscope.peer.PeerId;

/** Peers by name. */
final class TestPeers {

    static final PeerId ALICE = named("alice");
    static final PeerId BOB = named("bob");

    private TestPeers() {}

    static PeerId named(String name) {
        return PeerId.ofPublicKey(("the key of " + name).getBytes(StandardCharsets.UTF_8));
    }
}
