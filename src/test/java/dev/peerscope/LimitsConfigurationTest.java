package dev.peerscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.transport.TooFewOpenFiles;

/** What is configured of what strangers may take. */
class LimitsConfigurationTest {

    @Test
    void theStartIsRefusedWithTheSentenceAlone() {
        var analysis = new LifecycleConfiguration.RefusedStart()
                .analyze(new IllegalStateException(new TooFewOpenFiles("too few open files")));

        assertThat(analysis).isNotNull().extracting(FailureAnalysis::getDescription).isEqualTo("too few open files");
    }

    @Test
    void theNetworksWithoutAShareAreThePrivateOnesUnlessOthersAreNamedOrNone() {
        var context = new ApplicationContextRunner().withUserConfiguration(Bound.class);
        context.run(started -> assertThat(started.getBean(PeerscopeProperties.class).limits().addressShareExempt())
                .isEqualTo(IpNetwork.PRIVATE));
        context.withPropertyValues("peerscope.limits.address-share-exempt=192.0.2.0/24,2001:db8::/32")
                .run(started -> assertThat(started.getBean(PeerscopeProperties.class).limits().addressShareExempt())
                        .isEqualTo(List.of(IpNetwork.parse("192.0.2.0/24"), IpNetwork.parse("2001:db8::/32"))));
        context.withPropertyValues("peerscope.limits.address-share-exempt=")
                .run(started -> assertThat(started.getBean(PeerscopeProperties.class).limits().addressShareExempt())
                        .isEmpty());
    }

    @EnableConfigurationProperties(PeerscopeProperties.class)
    static class Bound extends AddressConfiguration {}
}
