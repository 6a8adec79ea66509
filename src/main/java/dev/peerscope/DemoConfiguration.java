package dev.peerscope;

import java.time.InstantSource;
import java.util.Map;

import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import dev.peerscope.demo.DemoSwarm;
import dev.peerscope.node.ExchangeNode;

/** The embedded swarm of peers, with the profile {@code demo} only. */
@Configuration(proxyBeanMethods = false)
@Profile(DemoConfiguration.PROFILE)
@EnableConfigurationProperties(DemoProperties.class)
class DemoConfiguration {

    static final String PROFILE = "demo";

    @Bean(destroyMethod = "close")
    DemoSwarm demoSwarm(DemoProperties properties, ExchangeNode node, InstantSource clock) {
        return new DemoSwarm(properties.settings(), node, clock);
    }

    @Bean
    Curtain curtain(DemoSwarm swarm) {
        return new Curtain(swarm);
    }

    /** Who takes part, where they listen and what they trade, under {@code /actuator/info}. */
    @Bean
    InfoContributor demoInfo(DemoSwarm swarm) {
        return info -> info.withDetail("demo", Map.of(
                "peers", swarm.members().stream().map(DemoConfiguration::detail).toList(),
                "datasets", swarm.offers().stream().map(DemoConfiguration::detail).toList()));
    }

    private static Map<String, Object> detail(DemoSwarm.Member member) {
        return Map.of("peerId", member.peer().toString(),
                "addresses", member.addresses().stream().map(address -> address.withPeerId(member.peer()).toString())
                        .toList());
    }

    private static Map<String, Object> detail(DemoSwarm.Offer offer) {
        return Map.of("filename", offer.filename(), "manifestCid", offer.manifestCid().toString(),
                "treeCid", offer.treeCid().toString(), "blockCount", offer.blockCount());
    }

    /** Opens when the node is there, and closes before the node goes, so that no peer dials one that is gone. */
    static final class Curtain {

        private final DemoSwarm swarm;

        Curtain(DemoSwarm swarm) {
            this.swarm = swarm;
        }

        @EventListener(ApplicationReadyEvent.class)
        void rise() {
            swarm.start();
        }

        @EventListener(ContextClosedEvent.class)
        @Order(Ordered.HIGHEST_PRECEDENCE)
        void fall() {
            swarm.close();
        }
    }
}
