package dev.peerscope.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.block.Cid;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineTotals;
import dev.peerscope.engine.ExchangeEngine;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;
import dev.peerscope.store.BlockStore;
import dev.peerscope.transport.Libp2pHost;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.wire.Dialect;
import dev.peerscope.wire.codex.CodexDialect;

/**
 * A node of the exchange: it listens and dials, joins peers, asks who has what, fetches and serves blocks. Safe for use by
 * any thread.
 */
public final class ExchangeNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeNode.class);
    private static final Duration DOWNLOADS_INTERVAL = Duration.ofMillis(100);

    private final NodeSettings settings;
    private final IdentityKey identity;
    private final BlockStore store;
    private final InstantSource clock;
    private final Dialect dialect = new CodexDialect();
    private final Revision revision;
    private final EngineTotals totals;
    private final LimitRegister register;
    private final EngineLoop loop;
    private final StorageExecutor storage;
    private final PeerDirectory directory;
    private final PeerStandings standings = new PeerStandings();
    private final PeerLinks links;
    private final NodeEffects effects;
    private final List<ExchangeEventSink> sinks = new ArrayList<>();
    private final Watches watches;
    private final Downloads downloads;
    private final LocalContent content;
    private final Libp2pHost host;
    private final PeerDialler dialler;
    private final PeerKeeper keeper;
    private final ScheduledThreadPoolExecutor timer;
    private volatile List<Multiaddr> addresses = List.of();
    private volatile Instant startedAt;
    private volatile boolean listening;
    private volatile boolean messagesHeld;

    /**
     * A node without meters.
     *
     * @param store
     *            what it holds already is served, what it fetches goes there
     * @param sinks
     *            take the events of the exchange, in this order, on the engine's thread
     */
    public ExchangeNode(NodeSettings settings, IdentityKey identity, BlockStore store, List<ExchangeEventSink> sinks,
            InstantSource clock) {
        this(settings, identity, store, sinks, clock, NodeObserver.NONE, new LimitRegister());
    }

    /** As the other one, with someone who measures and a register that others use, too. */
    public ExchangeNode(NodeSettings settings, IdentityKey identity, BlockStore store, List<ExchangeEventSink> sinks,
            InstantSource clock, NodeObserver observer, LimitRegister register) {
        this.settings = settings;
        this.identity = identity;
        this.store = store;
        this.clock = clock;
        this.register = register;
        this.startedAt = clock.instant();
        var limits = settings.limits();
        storage = new StorageExecutor(limits);
        var engine = new ExchangeEngine(settings.engine(), settings.engineLimits(), new SplittableRandom());
        totals = engine.totals();
        loop = new EngineLoop(EnginePort.of(engine), observer, clock, steadyFrom(startedAt), limits,
                () -> !messagesHeld && !storage.isOverfull());
        revision = loop.revision();
        directory = new PeerDirectory(limits, loop::tellLimitMet, revision);
        links = new PeerLinks(loop, directory, standings,
                new PeerLink.Means(loop, dialect, settings.wire(), limits, observer, clock, directory,
                        register.memory(), settings.reading(), System::nanoTime));
        var budget = new WantBudget(settings.engineLimits(), loop);
        var manifests = new ManifestFetcher(loop, store, storage);
        watches = new Watches(loop, manifests, budget, revision, clock);
        downloads = new Downloads(loop, manifests, budget, revision, limits, clock);
        List<HeldBlocksListener> heldListeners = List.of(manifests, downloads);
        content = new LocalContent(store, loop, heldListeners);
        effects = new NodeEffects(loop, links, new Verifier(store, storage, loop, heldListeners),
                new BlockSender(store, storage, loop, links, dialect.batchLimits()));
        // Who waits for a join or the end of a download finds that everyone else knows of it already.
        this.sinks.add(new EventLog());
        this.sinks.add(this::countLimit);
        this.sinks.addAll(sinks);
        this.sinks.addAll(List.of(standings, directory, manifests, downloads));
        host = new Libp2pHost(settings.host(), identity, links);
        host.handle(dialect.protocolId(), links::accept);
        dialler = new PeerDialler(host::dial, identity.peerId(), directory, settings.connectTimeout());
        totals.register(settings.engineLimits(), register);
        register.register(LimitName.BLOCK_STORE, store.capacityBytes(), store::bytesStored);
        MessageLimits.register(settings.wire(), register);
        List.<Consumer<LimitRegister>>of(loop::register, storage::register, links::register, budget::register,
                directory::register, downloads::register, host::register).forEach(part -> part.accept(register));
        keeper = new PeerKeeper(dialler, directory, settings.keepConnected());
        links.keep(keeper::keeps);
        timer = new ScheduledThreadPoolExecutor(1, task -> Thread.ofPlatform().name("node-timer").daemon()
                .unstarted(task));
    }

    /**
     * Binds the listen addresses and joins the exchange.
     *
     * @throws RuntimeException
     *             when a listen address cannot be bound; the node is closed then
     */
    public void start() {
        startedAt = clock.instant();
        loop.start(effects, sinks, this::engineFailed);
        var held = store.contents();
        if (!held.isEmpty()) {
            loop.submit(new EngineInput.BlocksStored(held));
        }
        try {
            addresses = host.start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        listening = true;
        var _ = timer.scheduleWithFixedDelay(Background.repeated("counting what downloads lack", downloads::refresh),
                DOWNLOADS_INTERVAL.toMillis(), DOWNLOADS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        long lookNanos = settings.reading().lookInterval().toNanos();
        var _ = timer.scheduleWithFixedDelay(Background.repeated("looking who reads", links::lookWhoReads), lookNanos,
                lookNanos, TimeUnit.NANOSECONDS);
        keeper.start(timer);
        LOG.debug("node started: peer={} addresses={}", peerId(), addresses);
    }

    /**
     * Stops in order: no new connections, no more dials, a goodbye to every peer, then what waits is handled, so that every
     * leave has reached the sinks when this returns. Each step has a timeout; with the usual settings they add up to 2.5 s.
     */
    @Override
    public void close() {
        boolean wasListening = listening;
        listening = false;
        timer.shutdownNow();
        dialler.stop();
        links.closeAll(DepartureReason.NODE_STOPPED, "the node is stopping");
        host.close();
        storage.close();
        loop.close();
        if (wasListening) {
            LOG.debug("node stopped: peer={}", peerId());
        }
    }

    /** Who this node is. */
    public PeerId peerId() {
        return identity.peerId();
    }

    /** Where it listens, ports filled in, without its peer id. */
    public List<Multiaddr> addresses() {
        return addresses;
    }

    /** Its name in identify. */
    public String agent() {
        return settings.host().agent();
    }

    /** When it was started. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Protocols of which it takes streams. */
    public List<String> protocols() {
        return host.protocols();
    }

    /** Where its blocks are. */
    public BlockStore store() {
        return store;
    }

    /** What it holds of its own accord. */
    public LocalContent content() {
        return content;
    }

    /** Who is connected, who was, and who was not let in. */
    public PeerDirectory directory() {
        return directory;
    }

    public Watches watches() {
        return watches;
    }

    public Downloads downloads() {
        return downloads;
    }

    /** What watches and downloads tell of datasets, one description a tree. */
    public SortedMap<Cid, DescribedDataset> datasets() {
        var byTree = new TreeMap<Cid, DescribedDataset>();
        Stream.concat(watches.datasets().stream(), downloads.datasets().stream())
                .forEach(dataset -> byTree.merge(dataset.treeCid(), dataset, DescribedDataset::orBetter));
        return byTree;
    }

    /**
     * Answers a question from the engine's state; nothing else happens to the engine meanwhile, so it must be quick and bounded. It
     * is asked on this thread if the engine rests, and on the engine's otherwise. Fails
     * with {@link NodeBusy} when too many wait, and with {@link NodeNotRunning}.
     */
    public <T> CompletableFuture<T> read(Function<EngineReader, T> question) {
        return loop.read(question);
    }

    /**
     * A number that changes with all that the engine, the directory, the watches and the datasets can show: while it stands, the
     * same question has the same answer. Those it does not count: how fast downloads are, how full bounds are.
     */
    public long revision() {
        return revision.current();
    }

    /**
     * Dials a peer unless it is connected; completes when it has joined. Fails with {@link ConnectFailed}, which names the
     * step, with {@link DiallingOurselves}, {@link LimitMetException} or {@link NodeNotRunning}.
     */
    public CompletableFuture<Connected> connect(PeerAddress address) {
        return connect(address, settings.connectTimeout());
    }

    /** As the other one, within so much time; if that runs out, the step is the one that was under way. */
    public CompletableFuture<Connected> connect(PeerAddress address, Duration patience) {
        return listening
                ? dialler.connect(address, patience).whenComplete((connected, _) -> markDialled(connected))
                : CompletableFuture.failedFuture(new NodeNotRunning("the node is not running"));
    }

    /** It makes room for nobody, even if it had come to us. */
    private void markDialled(@Nullable Connected connected) {
        if (connected != null) {
            links.find(connected.peer()).ifPresent(PeerLink::dialled);
        }
    }

    /** Closes every connection to a peer; it leaves with reason {@code operator}. False if it is not connected. */
    public boolean disconnect(PeerId peer) {
        var link = links.find(peer);
        link.ifPresent(one -> one.close(DepartureReason.OPERATOR, "disconnected by the operator"));
        return link.isPresent();
    }

    /** Asks a peer now what it has. False if it is not connected. */
    public boolean refresh(PeerId peer) {
        var link = links.find(peer);
        link.ifPresent(one -> loop.submit(new EngineInput.RefreshRequested(peer, one.session())));
        return link.isPresent();
    }

    /**
     * Lets messages of all peers wait, or takes them again. Connections stay, joins, leaves and questions are handled; what waits
     * is kept, and when there is no room for more, connections are not read. To peers it looks like a node that is busy.
     */
    public void holdMessages(boolean hold) {
        messagesHeld = hold;
        loop.lookAgain();
    }

    /** Whether it does its work. */
    public Health health() {
        return new Health(listening, loop.isRunning(), loop.failure().map(EngineFailure::sentence));
    }

    /** Messages that wait for the engine. */
    public int inboxMessages() {
        return loop.inboxMessages();
    }

    /** Every limit of the exchange, with its present use. */
    public LimitRegister limits() {
        return register;
    }

    /** How many peers, wants and blocks the engine knows of, without asking it. */
    public EngineTotals totals() {
        return totals;
    }

    private void countLimit(ExchangeEvent event) {
        if (event instanceof ExchangeEvent.LimitMet met) {
            register.met(met.limit(), met.times());
        }
    }

    /** Moves on with the process, whatever is done to the clock: what must happen after so long must not wait for it. */
    private static InstantSource steadyFrom(Instant start) {
        long nanos = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - nanos);
    }

    /** An engine that cannot be trusted must not go on talking to peers. */
    private void engineFailed(EngineFailure failure) {
        listening = false;
        // Closing waits for event loops that may wait for this thread.
        Thread.ofPlatform().name("node-emergency-stop").daemon().start(host::close);
    }
}
