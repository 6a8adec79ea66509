package dev.peerscope;

import java.net.InetAddress;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import dev.peerscope.NodeConfiguration.ProgramVersion;
import dev.peerscope.api.OperatorToken;
import dev.peerscope.api.PeerMetricsSettings;
import dev.peerscope.api.StreamSettings;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.view.BlockViews;
import dev.peerscope.view.DatasetViews;
import dev.peerscope.view.DownloadViews;
import dev.peerscope.view.HaveSetViews;
import dev.peerscope.view.NodeViews;
import dev.peerscope.view.PastHaveSetViews;
import dev.peerscope.view.PeerViews;
import dev.peerscope.view.PresenceChangeViews;
import dev.peerscope.view.WantListViews;
import dev.peerscope.view.WatchViews;

/** What the controllers of the API need: views of the node and the journal, and who may change something. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    /** Without {@code server.address} the web server listens on every interface. */
    @Bean
    OperatorToken operatorToken(PeerscopeProperties properties,
            @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        var token = Optional.ofNullable(properties.operatorToken()).filter(text -> !text.isBlank());
        return new OperatorToken(token, address != null && address.isLoopbackAddress());
    }

    @Bean
    StreamSettings streamSettings(PeerscopeProperties properties) {
        return new StreamSettings(properties.stream().pingInterval());
    }

    @Bean
    PeerMetricsSettings peerMetricsSettings(PeerscopeProperties properties) {
        return new PeerMetricsSettings(
                properties.connect().stream().flatMap(kept -> kept.expected().stream()).toList());
    }

    @Bean
    NodeViews nodeViews(ExchangeNode node, ProgramVersion version) {
        return new NodeViews(node, version.text());
    }

    @Bean
    PeerViews peerViews(ExchangeNode node) {
        return new PeerViews(node);
    }

    @Bean
    HaveSetViews haveSetViews(ExchangeNode node) {
        return new HaveSetViews(node);
    }

    @Bean
    PastHaveSetViews pastHaveSetViews(ChangeJournal journal, ExchangeNode node) {
        return new PastHaveSetViews(journal, node);
    }

    @Bean
    WantListViews wantListViews(ExchangeNode node) {
        return new WantListViews(node);
    }

    @Bean
    BlockViews blockViews(ExchangeNode node) {
        return new BlockViews(node);
    }

    @Bean
    PresenceChangeViews presenceChangeViews(ChangeJournal journal) {
        return new PresenceChangeViews(journal);
    }

    @Bean
    WatchViews watchViews(ExchangeNode node) {
        return new WatchViews(node);
    }

    @Bean
    DatasetViews datasetViews(ExchangeNode node) {
        return new DatasetViews(node);
    }

    @Bean
    DownloadViews downloadViews(ExchangeNode node) {
        return new DownloadViews(node);
    }
}
