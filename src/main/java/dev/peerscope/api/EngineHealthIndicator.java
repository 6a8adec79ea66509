package dev.peerscope.api;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import dev.peerscope.node.ExchangeNode;

/** Down when the engine takes no inputs, or one of its invariants broke. */
@Component
final class EngineHealthIndicator implements HealthIndicator {

    private final ExchangeNode node;

    EngineHealthIndicator(ExchangeNode node) {
        this.node = node;
    }

    @Override
    public Health health() {
        var health = node.health();
        if (health.failure().isPresent()) {
            return Health.down().withDetail("failure", health.failure().get()).build();
        }
        return health.engineRunning() ? Health.up().build() : Health.down().build();
    }
}
