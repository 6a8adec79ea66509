package dev.peerscope.engine;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.WantListReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.Account;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/**
 * All that we know of one connected peer, from its join to its leave. Made by {@link PeerSetup} alone.
 *
 * <p>The one place where presence and want-list entries change: every change passes through a method here and leaves as an
 * event with its reason.
 */
final class PeerContext {

    /** What became of told blocks, by number: changed something, said what we knew, were over a bound. */
    record Recorded(long applied, long confirmed, long rejected) {}

    private final PeerId peer;
    private final int number;
    private final long session;
    private final Direction direction;
    private final Instant joinedAt;
    private final PeerContextStore contexts;
    private final EngineLimits limits;
    private final Outputs outputs;

    private final PeerUse use;
    private final HaveSet haveSet;
    private final PeerWantList wantList = new PeerWantList();
    private final PeerRequests requests;
    private final Outbox outbox;
    private final PeerRefresh refresh;

    private PeerCounters counters = PeerCounters.NONE;
    private long provenWrong;
    private Optional<Account> account = Optional.empty();
    private @Nullable Instant lastExchangeAt;
    private boolean stalled;
    private boolean serving;
    private boolean othersWait;
    /** Being dropped, or gone. */
    private boolean dropped;

    PeerContext(EngineInput.PeerConnected joined, PeerContextStore contexts, PendingBlocks pending, Requests all,
            EngineBasics basics) {
        this.peer = joined.peer();
        this.number = contexts.freeNumber();
        this.session = joined.session();
        this.direction = joined.direction();
        this.use = joined.use();
        this.contexts = contexts;
        this.limits = basics.limits();
        this.outputs = basics.outputs();
        this.joinedAt = outputs.wallTime();
        this.haveSet = new HaveSet(contexts.presence().numbers());
        this.requests = new PeerRequests(basics.deadlines().create(() -> all.overdue(this)), basics.settings());
        this.outbox = new Outbox(this, basics);
        this.refresh = new PeerRefresh(this, pending, basics);
    }

    /** Records what a message told of blocks that we want, as far as the bounds allow. */
    Recorded setPresence(ToldPresence told) {
        var bounds = new PresenceBounds(haveSet, limits, told.size());
        var changes = new PresenceChanges(this, contexts.presence(), outputs, PeerContext::reasonOfTold);
        told.trees().forEach((tree, ofTree) -> {
            ToldLeaves admitted = bounds.admit(haveSet.tree(tree), ofTree);
            if (admitted.count() > 0) {
                haveSet.told(tree, admitted, outputs.wallTime(), changes);
            }
        });
        if (told.singles().count() > 0) {
            haveSet.toldOfSingles(bounds.admit(haveSet.singles(), told.singles()), outputs.wallTime(), changes);
        }
        bounds.report(peer, outputs);
        presenceChanged();
        long recorded = told.size() - bounds.rejected();
        return new Recorded(changes.count(), recorded - changes.count(), bounds.rejected());
    }

    /** What the peer said of these blocks no longer holds, for this reason. */
    void cleanPresence(AddressSet blocks, PresenceReason reason) {
        haveSet.forget(blocks, new PresenceChanges(this, contexts.presence(), outputs, _ -> reason));
        presenceChanged();
    }

    private void presenceChanged() {
        use.count(LimitName.PEER_PRESENCES, haveSet.haveCount() + haveSet.deniedCount());
        use.count(LimitName.PEER_PRICES, haveSet.pricesInOneTree());
        use.set(MemoryKind.PRESENCES, haveSet.bytes());
    }

    /**
     * What it delivered was not what it was to be: it does not have the blocks that it said it has, until it says so again.
     *
     * @param blocks what was to be delivered, as far as that is known
     */
    void countProvenWrong(AddressSet blocks, long deliveries) {
        provenWrong += deliveries;
        use.count(LimitName.PROVEN_WRONG, provenWrong);
        cleanPresence(haveSet.hadOf(blocks), PresenceReason.PROVEN_WRONG);
    }

    /** Deliveries of this session that were not what they were to be. */
    long provenWrong() {
        return provenWrong;
    }

    /** Those of these blocks that it can be asked for now. */
    AddressSet offer(AddressSet blocks) {
        if (roomForRequests() == 0) {
            return new AddressSet();
        }
        AddressSet offer = haveSet.hadOf(blocks);
        offer.removeAll(requests.refused());
        offer.removeAll(requests.blocks());
        return offer;
    }

    boolean canBeAskedFor(BlockAddress address) {
        return roomForRequests() > 0 && haveSet.has(address) && !requests.refused().contains(address)
                && !requests.blocks().contains(address);
    }

    /** Requests that can be made to it now. */
    int roomForRequests() {
        return isSilenced() ? 0 : Math.max(0, requests.window() - requests.size());
    }

    private static PresenceReason reasonOfTold(PresenceChange change) {
        return switch (change) {
            case ADDED -> PresenceReason.ANNOUNCED;
            case REPRICED -> PresenceReason.PRICE_CHANGED;
            case DENIED -> PresenceReason.DONT_HAVE_RECEIVED;
            case REMOVED, UNDENIED -> throw new IllegalStateException("a message does not make presence unknown");
        };
    }

    /** These wants of ours began just now. */
    void wantsBegun(AddressSet wants) {
        requests.wantsBegun(wants);
        refresh.wantsBegun(wants);
    }

    /** Changes to the want-list go through an edit, to be closed before the input has been handled. */
    WantListEdit editWantList() {
        return new WantListEdit(this, wantList, contexts.wanters(), outputs, limits);
    }

    /** The peer is gone: everything that is known of it goes, with that reason. */
    void clear(DepartureReason reason) {
        dropped = true;
        refresh.stop();
        requests.stop();
        haveSet.clear(new PresenceChanges(this, contexts.presence(), outputs, _ -> reason.presenceReason()));
        presenceChanged();
        outbox.clear();
        try (WantListEdit edit = editWantList()) {
            wantList.addresses().forEach(address -> edit.remove(address, WantListReason.PEER_LEFT));
        }
    }

    /** A message arrived from the peer. */
    void heard() {
        lastExchangeAt = outputs.wallTime();
    }

    void named(Account named) {
        account = Optional.of(named);
        outputs.happened(new ExchangeEvent.AccountReceived(outputs.wallTime(), peer, named.hex()));
    }

    /** Valid blocks arrived from the peer. */
    void countReceived(long blocks, long bytes) {
        counters = counters.received(blocks, bytes);
    }

    /** Blocks were written to the peer. */
    void countSent(long blocks, long bytes) {
        counters = counters.sent(blocks, bytes);
    }

    /** The message with this token has been written to the peer. */
    void written(long token) {
        if (!outbox.left(token)) {
            refresh.written(token);
        }
    }

    /** The message with this token will never be written. */
    void messageDropped(long token) {
        if (!outbox.left(token)) {
            refresh.dropped(token);
        }
    }

    /** Claims of the peer to have blocks that we asked it for came to an end. */
    void countClaims(ClaimOutcome outcome, long blocks) {
        counters = counters.settled(outcome, blocks);
    }

    /** Whether further messages of it wait for us. */
    void othersWait(boolean wait) {
        boolean waited = othersWait;
        othersWait = wait;
        refresh.heard();
        if (waited && !wait) {
            refresh.proceed();
        }
    }

    boolean haveOthersArrived() {
        return othersWait;
    }

    /** Whether the peer reads what is written to it. */
    void stalled(boolean isStalled) {
        stalled = isStalled;
    }

    /** Whether a message of blocks is on its way to the peer. */
    void serving(boolean isServing) {
        serving = isServing;
    }

    boolean isServing() {
        return serving;
    }

    /** We have asked for its connections to be closed; until it is gone, nothing is produced for it or taken from it. */
    void drop(DepartureReason reason, String detail) {
        dropped = true;
        outputs.add(new EngineOutput.Disconnect(peer, session, reason, detail));
    }

    /** Nothing may be produced for the peer now: it does not read, or it is being dropped. */
    boolean isSilenced() {
        return stalled || dropped;
    }

    boolean isDropped() {
        return dropped;
    }

    PeerId peer() {
        return peer;
    }

    /** Tells it from all other connected peers; small, and used again when it is gone. */
    int number() {
        return number;
    }

    long session() {
        return session;
    }

    /** What the peer takes of memory and limits. */
    PeerUse use() {
        return use;
    }

    Direction direction() {
        return direction;
    }

    Instant joinedAt() {
        return joinedAt;
    }

    Optional<Instant> lastExchangeAt() {
        return Optional.ofNullable(lastExchangeAt);
    }

    PeerCounters counters() {
        return counters;
    }

    Optional<Account> account() {
        return account;
    }

    /** For reading. */
    HaveSet haveSet() {
        return haveSet;
    }

    /** For reading. */
    PeerWantList wantList() {
        return wantList;
    }

    PeerRequests requests() {
        return requests;
    }

    Outbox outbox() {
        return outbox;
    }

    PeerRefresh refresh() {
        return refresh;
    }

    @Override
    public String toString() {
        return peer.shortText();
    }
}
