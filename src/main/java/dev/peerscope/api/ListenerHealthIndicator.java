package dev.peerscope.api;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

import dev.peerscope.node.ExchangeNode;
import dev.peerscope.peer.Multiaddr;

/** Down when peers cannot reach us: the listen addresses are not bound. */
@Component
final class ListenerHealthIndicator implements HealthIndicator {

    private final ExchangeNode node;

    ListenerHealthIndicator(ExchangeNode node) {
        this.node = node;
    }

    @Override
    public Health health() {
        var builder = node.health().listening() ? Health.up() : Health.down();
        return builder.withDetail("addresses", node.addresses().stream().map(Multiaddr::toString).toList()).build();
    }
}
