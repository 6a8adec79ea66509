package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Health follows the parts of the node. */
class HealthIndicatorsTest {

    @Test
    void aNodeThatHasStoppedHasNeitherAnEngineNorAListener() {
        try (var bob = new RemotePeer()) {
            var engine = new EngineHealthIndicator(bob.node());
            var listener = new ListenerHealthIndicator(bob.node());
            assertThat(engine.health().getStatus()).isEqualTo(Status.UP);
            assertThat(listener.health().getStatus()).isEqualTo(Status.UP);

            bob.node().close();

            assertThat(engine.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(listener.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }
}
