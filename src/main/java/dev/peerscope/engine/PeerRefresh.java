package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;

/**
 * Asks one peer again and again what it has of our wants (protocol section 5.4).
 *
 * <p>Want-have is recorded nowhere, so a holder that gains or loses a block does not say so. Hence turns: each walks over all
 * wants in batches, paced by the budget; the next begins when the shortest interval and the time that the budget needs for all
 * wants have passed since this one began. Wants that begin meanwhile are asked ahead of the turn, or, if nothing may be asked then, in
 * a new turn as soon as it may. What is not answered in time
 * becomes unknown.
 *
 * <p>A batch is made when the peer takes it: while {@link OpenAsks#UNWRITTEN_MAX} have not been written, the walk stands still. What
 * is kept of a peer that does not read is its place in the wants.
 */
final class PeerRefresh {

    static final int BATCH_MAX = 1_024;
    /** Sets of wants that began and have not been asked about; at one more, a new turn over all wants asks about them. */
    static final int FRESH_MAX = 256;

    /** What a request that is open takes. */
    private static final long REQUEST_BYTES = 500;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final PeerContext context;
    private final PendingBlocks pending;
    private final EngineSettings settings;
    private final Outputs outputs;
    private final OpenAsks asks;
    private final Freshness freshness;
    private final Deadlines.Deadline nextAsk;
    private final Deadlines.Deadline nextExpiry;

    /** Wants that began lately, each set shared by all peers, with this peer's own place in it. */
    private final Deque<WantWalk> fresh = new ArrayDeque<>();
    private @Nullable WantWalk turn;
    private boolean turnIsNew;
    private Instant turnBegan = Instant.EPOCH;
    /** The budget is spent until then. */
    private Instant paidUntil = Instant.EPOCH;
    private long lastToken;

    PeerRefresh(PeerContext context, PendingBlocks pending, EngineBasics basics) {
        this.context = context;
        this.pending = pending;
        this.settings = basics.settings();
        this.outputs = basics.outputs();
        this.asks = new OpenAsks(settings);
        this.freshness = new Freshness(basics);
        this.nextAsk = basics.deadlines().create(this::proceed);
        this.nextExpiry = basics.deadlines().create(this::expire);
    }

    /** Asks what may be asked now, and sees to it that the rest is asked in time. */
    void proceed() {
        Instant now = outputs.now();
        while (mayAsk(now)) {
            boolean inTurn = turn != null;
            sendNextBatch(now);
            if (inTurn && turn == null) {
                freshness.turnHandedOver(lastToken, now);
            }
        }
        schedule(now);
    }

    /** These wants began just now. */
    void wantsBegun(AddressSet wants) {
        asks.forget(wants);
        if (pending.wants().size() == wants.size()) {
            // Nothing was wanted before these.
            freshness.startOver(outputs.now());
        }
        if (context.isSilenced() || fresh.size() == FRESH_MAX) {
            // It may not read for ever, and each of these sets be kept for it alone: a turn over all wants asks about them as well.
            startOver();
        } else if (turn != null || !isTurnDue(outputs.now())) {
            fresh.add(new WantWalk(wants));
        }
        proceed();
    }

    /** What is asked next begins a turn. */
    private void startOver() {
        fresh.clear();
        turn = null;
        turnBegan = Instant.EPOCH;
    }

    /** Begins a turn now, whatever was asked a moment ago; under the budget as always. */
    void restart() {
        asks.forgetRecent();
        beginTurn(outputs.now());
        proceed();
    }

    /** Wants ended, maybe all of them. */
    void wantsEnded() {
        watchFreshness(outputs.now());
    }

    void written(long token) {
        Instant now = outputs.now();
        asks.written(token, now);
        nextExpiry.set(asks.nextExpiry());
        freshness.written(token, now);
        proceed();
    }

    /** This ask will never be written, as the peer does not speak the exchange; when it does, it is asked about everything. */
    void dropped(long token) {
        asks.dropped(token);
        freshness.dropped();
        startOver();
        proceed();
    }

    /** The peer said something of these, or shall now deliver them: no answer is missing. */
    void settled(AddressSet blocks) {
        asks.settled(blocks);
        nextExpiry.set(asks.nextExpiry());
        proceed();
    }

    /** The peer is gone. */
    void stop() {
        nextAsk.clear();
        nextExpiry.clear();
        freshness.expectNothing();
        context.use().set(MemoryKind.ASKS, 0);
    }

    EngineReader.Knowledge knowledge() {
        boolean heldBack = context.isSilenced();
        return new EngineReader.Knowledge(freshness.turnEnded(),
                !heldBack && (isAsking() || asks.openCount() > 0), turnLength(), isStale(), heldBack);
    }

    boolean isStale() {
        return !pending.wants().isEmpty() && freshness.isStale(turnLength(), outputs.now());
    }

    /** For reading. */
    OpenAsks asks() {
        return asks;
    }

    private boolean mayAsk(Instant now) {
        // Who answers faster than we take it is asked no more meanwhile.
        if (context.isSilenced() || context.haveOthersArrived() || now.isBefore(paidUntil) || !asks.hasRoom()) {
            return false;
        }
        if (turn == null && isTurnDue(now)) {
            beginTurn(now);
        }
        return isAsking();
    }

    private boolean isAsking() {
        return turn != null || !fresh.isEmpty();
    }

    private boolean isTurnDue(Instant now) {
        return !pending.wants().isEmpty() && !now.isBefore(turnBegan.plus(turnLength()));
    }

    /** From the beginning of one turn to that of the next. */
    private Duration turnLength() {
        Duration byBudget = cost(pending.wants().size());
        Duration shortest = settings.refreshShortestInterval();
        return byBudget.compareTo(shortest) > 0 ? byBudget : shortest;
    }

    /** The time that the budget needs for so many entries. */
    private Duration cost(long entries) {
        int perSecond = settings.refreshEntriesPerSecond();
        return Duration.ofSeconds(entries / perSecond, entries % perSecond * SECOND_NANOS / perSecond);
    }

    private void beginTurn(Instant now) {
        turn = new WantWalk(pending.wants());
        turnIsNew = true;
        turnBegan = now;
        fresh.clear();
    }

    /** Takes the next blocks from what is fresh, then from the turn, and sends them, unless nothing of it needs asking. */
    private void sendNextBatch(Instant now) {
        var batch = new AddressSet();
        List<WantSection> whole = new ArrayList<>();
        var others = new AddressSet();
        while (isAsking() && batch.size() < BATCH_MAX) {
            WantWalk walk = nextWalk();
            AddressSet taken = walk.take(BATCH_MAX - (int) batch.size());
            AddressSet askable = askable(taken, now);
            if (askable.size() < taken.size()) {
                others.addAll(askable);
            } else if (!taken.isEmpty()) {
                whole.add(new WantSection(walk.blocks(), taken.first(), taken.last()));
            }
            batch.addAll(askable);
            dropEndedWalks();
        }
        if (!batch.isEmpty()) {
            asks.asked(++lastToken, new AskedBlocks(whole, others), now);
            send(batch, now);
        }
    }

    private WantWalk nextWalk() {
        WantWalk next = fresh.isEmpty() ? turn : fresh.getFirst();
        if (next == null) {
            throw new IllegalStateException("nothing to ask of " + context.peer());
        }
        return next;
    }

    private void dropEndedWalks() {
        fresh.removeIf(WantWalk::ended);
        if (turn != null && turn.ended()) {
            turn = null;
        }
    }

    private AddressSet askable(AddressSet blocks, Instant now) {
        AddressSet askable = blocks.and(pending.wants());
        asks.removeRecent(askable, now);
        // A real node gives no answer about a block that it is to deliver to us.
        askable.removeAll(context.requests().blocks());
        return askable;
    }

    private void send(AddressSet batch, Instant now) {
        outputs.add(new EngineOutput.Send(context.peer(), context.session(),
                ExchangeMessage.of(WantList.ofWantHaves(batch.toBlockSets(), turnIsNew)), lastToken));
        turnIsNew = false;
        paidUntil = now.plus(cost(batch.size()));
    }

    private void tellUse() {
        if (context.isDropped()) {
            // It is leaving; stop() has given back what it took, or will.
            return;
        }
        context.use().set(MemoryKind.ASKS, asks.bytes() + REQUEST_BYTES * context.requests().size());
    }

    private void schedule(Instant now) {
        tellUse();
        watchFreshness(now);
        Instant due = isAsking() ? now : turnBegan.plus(turnLength());
        Instant next = due.isAfter(paidUntil) ? due : paidUntil;
        if (context.isSilenced() || pending.wants().isEmpty() || !now.isBefore(next)) {
            // What is due waits for the peer: a message that is written or answered, or the time-out of one, goes on from here.
            nextAsk.clear();
        } else {
            nextAsk.set(next);
        }
    }

    private void watchFreshness(Instant now) {
        if (pending.wants().isEmpty()) {
            freshness.expectNothing();
        } else {
            freshness.expectTurns(turnLength(), now);
        }
    }

    /** A message came: the answers that it does not hold, and no other that has arrived, are overdue when their time has passed. */
    void heard() {
        nextExpiry.set(asks.nextExpiry());
    }

    /** Answers that have arrived and wait for us are not overdue. */
    private void expire() {
        if (context.haveOthersArrived()) {
            return;
        }
        context.cleanPresence(asks.expire(outputs.now()), PresenceReason.NOT_CONFIRMED);
        nextExpiry.set(asks.nextExpiry());
        proceed();
    }
}
