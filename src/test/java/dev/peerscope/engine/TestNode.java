package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockSet;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.peer.Direction;

/**
 * An engine with a clock of its own, as a test tells of it. Messages are written the moment they are sent, unless the test holds
 * them back. After every input all invariants are checked.
 */
final class TestNode {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final TestClock clock = new TestClock();

    private final ExchangeEngine engine;
    private final PresenceReplay replay = new PresenceReplay();
    private final LimitRegister register = new LimitRegister(new MemoryBudget(Long.MAX_VALUE));
    private final Map<Long, PeerUse> uses = new HashMap<>();
    private final CounterReplay counters = new CounterReplay();
    private final EngineLimits limits;
    private final EngineSettings settings;
    private final Map<TestPeer, Deque<EngineInput.MessageWritten>> writesHeldBack = new HashMap<>();
    private final List<EngineOutput> all = new ArrayList<>();
    private List<EngineOutput> latest = new ArrayList<>();
    private @Nullable Instant wakeAt;
    private long sessions;

    TestNode() {
        this(EngineSettings.DEFAULT, EngineLimits.DEFAULT, 1);
    }

    TestNode(EngineSettings settings, EngineLimits limits) {
        this(settings, limits, 1);
    }

    TestNode(EngineSettings settings, EngineLimits limits, long seed) {
        this.settings = settings;
        this.limits = limits;
        this.engine = new ExchangeEngine(settings, limits, new SplittableRandom(seed));
        engine.totals().register(limits, register);
    }

    /** Time that moves when told to; what was to be done meanwhile is done at its own time. */
    final class TestClock {

        private Instant now = START;
        private Duration onTheWall = Duration.ZERO;

        Instant now() {
            return now;
        }

        /** Somebody sets the clock on the wall, in no time. */
        void jump(Duration by) {
            onTheWall = onTheWall.plus(by);
        }

        Instant wallTime() {
            return now.plus(onTheWall);
        }

        void advance(Duration by) {
            latest = new ArrayList<>();
            Instant until = now.plus(by);
            while (wakeAt != null && !wakeAt.isAfter(until)) {
                now = wakeAt;
                wakeAt = null;
                handle(new EngineInput.DeadlineReached());
            }
            now = until;
        }

        void advanceSeconds(long seconds) {
            advance(Duration.ofSeconds(seconds));
        }
    }

    TestPeer connects(String name) {
        var peer = new TestPeer(this, name);
        connects(peer);
        return peer;
    }

    void connects(TestPeer peer) {
        peer.sessionBegins(++sessions);
        PeerUse use = register.memory().open(_ -> {});
        uses.put(peer.session(), use);
        when(new EngineInput.PeerConnected(peer.id(), peer.session(), Direction.INBOUND, use));
    }

    /** What is used of every limit. */
    LimitRegister limits() {
        return register;
    }

    void disconnects(TestPeer peer, DepartureReason reason) {
        when(new EngineInput.PeerDisconnected(peer.id(), peer.session(), reason));
        Objects.requireNonNull(uses.remove(peer.session())).close();
    }

    void receives(TestPeer from, Sentence... sentences) {
        receives(from, Sentence.message(sentences));
    }

    void receives(TestPeer from, ExchangeMessage message) {
        when(new EngineInput.MessageReceived(from.id(), from.session(), message));
    }

    /** A message arrives, and behind it others that have not been handled yet. */
    void receivesWithOthersBehind(TestPeer from, Sentence... sentences) {
        when(new EngineInput.MessageReceived(from.id(), from.session(), Sentence.message(sentences), true));
    }

    static TestPeer from(TestPeer peer) {
        return peer;
    }

    static TestPeer to(TestPeer peer) {
        return peer;
    }

    void watches(String id, String letters) {
        wants(id, WantMode.WATCH, Letters.sets(letters));
    }

    void downloads(String id, String letters) {
        wants(id, WantMode.FETCH, Letters.sets(letters));
    }

    void wants(String id, WantMode mode, List<BlockSet> blocks) {
        when(new EngineInput.BlocksWanted(new WantHolder(id, mode), blocks));
    }

    void releases(String id) {
        when(new EngineInput.WantsReleased(id));
    }

    /** Blocks are held here, by import. */
    TestNode holds(String letters) {
        when(new EngineInput.BlocksStored(Letters.sets(letters)));
        return this;
    }

    void loses(String letters) {
        when(new EngineInput.BlocksDeleted(Letters.sets(letters)));
    }

    /** What this peer delivered was good and is stored. */
    void stores(TestPeer from, String letters) {
        when(new EngineInput.DeliveryStored(from.id(), from.session(), Letters.blocks(letters),
                10L * letters.length()));
    }

    void refuses(TestPeer from, String letters, EngineInput.RejectionReason reason) {
        when(new EngineInput.DeliveryRejected(from.id(), from.session(), Letters.blocks(letters).stream()
                .map(address -> new EngineInput.Rejection(address, reason)).toList()));
    }

    void hasSentBlocks(TestPeer to, String sent, String missing) {
        when(new EngineInput.BlocksSent(to.id(), to.session(), Letters.blocks(sent), Letters.blocks(missing),
                10L * sent.length()));
    }

    void stalls(TestPeer peer) {
        when(new EngineInput.PeerStalled(peer.id(), peer.session()));
    }

    void reads(TestPeer peer) {
        when(new EngineInput.PeerWritable(peer.id(), peer.session()));
    }

    void refreshes(TestPeer peer) {
        when(new EngineInput.RefreshRequested(peer.id(), peer.session()));
    }

    /** Messages to this peer are not written until the test says so. */
    void holdsBackWritesTo(TestPeer peer) {
        writesHeldBack.put(peer, new ArrayDeque<>());
    }

    /** The first message that was held back is written. */
    void writesOneTo(TestPeer peer) {
        when(heldBack(peer).removeFirst());
    }

    /** What was held back will never be written, since the peer does not speak the exchange. */
    void dropsWritesTo(TestPeer peer) {
        while (!heldBack(peer).isEmpty()) {
            var held = heldBack(peer).removeFirst();
            when(new EngineInput.MessageDropped(held.peer(), held.session(), held.token()));
        }
    }

    private Deque<EngineInput.MessageWritten> heldBack(TestPeer peer) {
        return Objects.requireNonNull(writesHeldBack.get(peer), () -> "no writes to " + peer.id() + " are held back");
    }

    void when(EngineInput input) {
        latest = new ArrayList<>();
        handle(input);
    }

    private void handle(EngineInput input) {
        List<EngineOutput> outputs = engine.handle(input, clock.now(), clock.wallTime());
        latest.addAll(outputs);
        all.addAll(outputs);
        for (EngineOutput output : outputs) {
            if (output instanceof EngineOutput.Happened(var event)) {
                replay.accept(event);
                counters.accept(event);
            } else if (output instanceof EngineOutput.WakeAt(var at)) {
                wakeAt = at;
            }
        }
        EngineInvariants.check(engine, settings, limits);
        assertThat(register.memory().used()).as("used by peers that are there")
                .isEqualTo(engine.contexts().all().stream().mapToLong(context -> context.use().bytes()).sum());
        EngineInvariants.checkWindows(engine, outputs);
        replay.assertSameAs(engine);
        counters.assertSameAs(engine);
        write(outputs);
    }

    private void write(List<EngineOutput> outputs) {
        for (EngineOutput output : outputs) {
            if (output instanceof EngineOutput.Send(var peer, var session, _, var token)) {
                var written = new EngineInput.MessageWritten(peer, session, token);
                writesHeldBack.keySet().stream().filter(held -> held.id().equals(peer)).findFirst()
                        .ifPresentOrElse(held -> heldBack(held).add(written), () -> handle(written));
            }
        }
    }

    EngineReader reader() {
        return engine.reader();
    }

    ExchangeEngine engine() {
        return engine;
    }

    /** All outputs since the last input that the test made. */
    List<EngineOutput> latest() {
        return latest;
    }

    List<EngineOutput> allOutputs() {
        return all;
    }

    List<ExchangeEvent> latestEvents() {
        return eventsOf(latest);
    }

    List<ExchangeEvent> allEvents() {
        return eventsOf(all);
    }

    private static List<ExchangeEvent> eventsOf(List<EngineOutput> outputs) {
        return outputs.stream().filter(EngineOutput.Happened.class::isInstance).map(EngineOutput.Happened.class::cast)
                .map(EngineOutput.Happened::event).toList();
    }

    List<ExchangeMessage> latestMessagesTo(TestPeer peer) {
        return messagesTo(peer, latest);
    }

    List<ExchangeMessage> allMessagesTo(TestPeer peer) {
        return messagesTo(peer, all);
    }

    private static List<ExchangeMessage> messagesTo(TestPeer peer, List<EngineOutput> outputs) {
        return outputs.stream().filter(EngineOutput.Send.class::isInstance).map(EngineOutput.Send.class::cast)
                .filter(send -> send.peer().equals(peer.id()) && send.session() == peer.session())
                .map(EngineOutput.Send::message).map(TestNode::asReceived).toList();
    }

    /** The message as its receiver sees it: a decoder makes entries of what leaves as sets. */
    static ExchangeMessage asReceived(ExchangeMessage message) {
        List<WantListEntry> entries = new ArrayList<>(message.wantList().entries());
        message.wantList().wantHaves().stream().flatMap(BlockSet::addresses)
                .forEach(address -> entries.add(WantListEntry.wantHave(address)));
        return new ExchangeMessage(new WantList(entries, message.wantList().full()), message.deliveries(),
                message.presences(), message.pendingBytes(), message.account(), message.payment(),
                message.rejected());
    }
}
