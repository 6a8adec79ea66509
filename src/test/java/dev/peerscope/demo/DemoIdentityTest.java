package dev.peerscope.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;

import org.junit.jupiter.api.Test;
import dev.peerscope.peer.PeerId;

class DemoIdentityTest {

    @Test
    void aPeerGoesByTheSameIdEachTime() {
        assertThat(DemoIdentity.of(1, 3).peerId()).isEqualTo(DemoIdentity.of(1, 3).peerId());
        assertThat(DemoIdentity.of(1, 3).peerId().toString()).startsWith("16Uiu2");
    }

    @Test
    void peersAndSeedsDiffer() {
        var ids = new HashSet<PeerId>();
        for (int seed = 0; seed < 5; seed++) {
            for (int peer = 0; peer < DemoSettings.PEERS_MAX; peer++) {
                ids.add(DemoIdentity.of(seed, peer).peerId());
            }
        }
        assertThat(ids).hasSize(5 * DemoSettings.PEERS_MAX);
    }
}
