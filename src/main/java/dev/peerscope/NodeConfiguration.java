package dev.peerscope;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import dev.peerscope.engine.EngineLimits;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.journal.JournalLimits;
import dev.peerscope.journal.PresenceJournal;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.metrics.CodexMeters;
import dev.peerscope.metrics.EventMeters;
import dev.peerscope.metrics.JournalMeters;
import dev.peerscope.metrics.MachineryMeters;
import dev.peerscope.metrics.NodeGauges;
import dev.peerscope.metrics.NodeObservers;
import dev.peerscope.metrics.PresenceLifetimes;
import dev.peerscope.metrics.SeriesRegistry;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.NodeLimits;
import dev.peerscope.node.NodeObserver;
import dev.peerscope.node.NodeSettings;
import dev.peerscope.node.ReadingRule;
import dev.peerscope.store.BlockStore;
import dev.peerscope.store.MemoryBlockStore;
import dev.peerscope.transport.ConnectionBounds;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.transport.OpenFiles;
import dev.peerscope.transport.TransportLimits;
import dev.peerscope.transport.TransportTimeouts;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.wire.WireLimits;

/** The node, and what takes its events. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PeerscopeProperties.class)
class NodeConfiguration {

    private static final String KEY_FILE = "identity.key";
    private static final String UNKNOWN_VERSION = "development";

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ProgramVersion programVersion(ObjectProvider<BuildProperties> build) {
        var properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        return new ProgramVersion(version == null ? UNKNOWN_VERSION : version);
    }

    /**
     * Where identity and history are. The demo has a folder of its own in the one that is configured, so that it is another node than
     * the real one, and what it plays does not get into the real history.
     */
    @Bean
    DataDirectory dataDirectory(PeerscopeProperties properties, Environment environment) {
        boolean demo = environment.acceptsProfiles(Profiles.of(DemoConfiguration.PROFILE));
        var configured = properties.dataDirectory();
        return new DataDirectory(demo ? configured.resolve(DemoConfiguration.PROFILE) : configured);
    }

    @Bean
    IdentityKey identityKey(PeerscopeProperties properties, DataDirectory data) {
        var identity = properties.identity();
        Path file = identity.keyFile() == null ? data.path().resolve(KEY_FILE) : identity.keyFile();
        return IdentityKey.loadOrCreate(file, identity.keyType());
    }

    @Bean
    BlockStore blockStore(PeerscopeProperties properties) {
        return new MemoryBlockStore(properties.store().capacity().toBytes());
    }

    @Bean
    LimitRegister limitRegister(PeerscopeProperties properties) {
        return new LimitRegister(MemoryBudget.ofHeap(properties.memoryShare()));
    }

    /** Closed by the node's lifecycle, once the node has said all that it has to say; here only if it never started. */
    @Bean(destroyMethod = "close")
    PresenceJournal changeJournal(PeerscopeProperties properties, DataDirectory data, LimitRegister tally,
            InstantSource clock) {
        var history = properties.history();
        var limits = new JournalLimits(history.changes(), history.ranges(), properties.stream().subscribers());
        if (!history.durable()) {
            return PresenceJournal.inMemory(limits, tally);
        }
        var kept = new ArchiveLimits(history.maxAge(), history.maxSize().toBytes(),
                ArchiveLimits.DEFAULT.checkpointWeight());
        return PresenceJournal.archived(limits, tally,
                SqliteChangeArchive.open(data.path(), kept, tally, clock), clock);
    }

    @Bean
    PrometheusRegistry prometheusRegistry() {
        return new SeriesRegistry();
    }

    @Bean
    EventMeters eventMeters(MeterRegistry registry) {
        return new EventMeters(registry);
    }

    @Bean
    PresenceLifetimes presenceLifetimes(MeterRegistry registry, LimitRegister tally) {
        return new PresenceLifetimes(registry, tally);
    }

    @Bean
    MachineryMeters machineryMeters(MeterRegistry registry) {
        return new MachineryMeters(registry);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "peerscope.metrics.codex-names", matchIfMissing = true)
    CodexMeters codexMeters(MeterRegistry registry) {
        return new CodexMeters(registry);
    }

    /** Started and closed by its lifecycle. */
    @Bean(destroyMethod = "")
    ExchangeNode exchangeNode(PeerscopeProperties properties, IdentityKey identity, BlockStore store,
            List<ExchangeEventSink> sinks, List<NodeObserver> observers, InstantSource clock,
            ProgramVersion version, LimitRegister limits) {
        return new ExchangeNode(settings(properties, version), identity, store, sinks, clock,
                new NodeObservers(observers), limits);
    }

    private static NodeSettings settings(PeerscopeProperties properties, ProgramVersion version) {
        var limits = properties.limits();
        var connections = ConnectionBounds.DEFAULT.withMax(limits.connections())
                .withShareExempt(limits.addressShareExempt());
        OpenFiles.require(connections);
        var host = new HostSettings(properties.listenAddresses(), properties.muxers(),
                TransportLimits.DEFAULT.withConnections(connections), TransportTimeouts.DEFAULT, false,
                "peerscope/" + version.text());
        var refresh = properties.refresh();
        var fetch = properties.fetch();
        var engine = new EngineSettings(refresh.shortestInterval(), refresh.entriesPerSecond(), refresh.answerTimeout(),
                fetch.requestTimeout(), fetch.requestsPerPeer(), fetch.retries(), fetch.preferCheap());
        var engineLimits = EngineLimits.DEFAULT.withProvenWrong(properties.limits().provenWrong());
        return new NodeSettings(host, engine, engineLimits, WireLimits.DEFAULT, NodeLimits.DEFAULT, ReadingRule.DEFAULT,
                properties.connect(), NodeSettings.CONNECT_TIMEOUT);
    }

    @Bean
    NodeGauges nodeGauges(ExchangeNode node, PeerscopeProperties properties) {
        return new NodeGauges(node, properties.metrics().codexNames());
    }

    @Bean
    JournalMeters journalMeters(PresenceJournal journal, InstantSource clock) {
        return new JournalMeters(journal, clock);
    }

    /** Where what outlives the process is kept; one process at a time. */
    record DataDirectory(Path path) {}

    /** The version of this program, as it was built. */
    record ProgramVersion(String text) {}
}
