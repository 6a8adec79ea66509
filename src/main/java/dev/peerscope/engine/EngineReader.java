package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.event.PresenceState;
import dev.peerscope.message.Account;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.PeerId;

/**
 * The read port: what the engine knows, in bounded slices that are immutable once returned.
 *
 * <p>
 * To be called between two inputs, never while one is handled. Slices are ordered by block address (leaves by tree and index, then single
 * blocks by CID) unless a method says otherwise, and a slice begins after the address handed in, so that paging goes on
 * in the right place while the set changes. A peer that is not connected reads as empty.
 */
public interface EngineReader {

    /** All connected peers, in no particular order; at most as many as may connect. */
    List<PeerStatus> peers();

    Optional<PeerStatus> peer(PeerId peer);

    /**
     * The have-set of a peer in short.
     *
     * @param rangesMax
     *            ranges per dataset to return at most
     * @param singlesMax
     *            single blocks to return at most
     */
    HaveSetSummary haveSet(PeerId peer, int rangesMax, int singlesMax);

    /** Presence records (have only) of a peer, within one tree if one is named. */
    List<PresenceRecord> presences(PeerId peer, Optional<Cid> tree, Optional<BlockAddress> after, int limit);

    /** Ranges of leaves of one tree that a peer has, from an index on, at most {@code rangesMax} of them. */
    BlockRanges presentRanges(PeerId peer, Cid tree, long fromIndex, int rangesMax);

    /** CIDs in a have-set, tree CIDs and single CIDs each once, ordered by CID. */
    List<Cid> haveCids(PeerId peer, Optional<Cid> after, int limit);

    /** What is known of one block at one peer. */
    PresenceRecord presence(PeerId peer, BlockAddress address);

    /** A peer's want-list in the order of asking, beginning after the ask with this number (0 for all). */
    List<PeerWant> wantList(PeerId peer, long afterNumber, int limit);

    /** CIDs in a peer's want-list, tree CIDs and single CIDs each once, ordered by CID. */
    List<Cid> wantedCids(PeerId peer, Optional<Cid> after, int limit);

    /** Who has a block, who denied it, who wants it; each list ordered by peer id and at most {@code limit} long. */
    BlockKnowledge block(BlockAddress address, int limit);

    /** Our own want-list. */
    List<OwnWant> wants(Optional<BlockAddress> after, int limit);

    /** Who has what of the blocks that a watch or download holds; empty for an unknown holder. */
    Optional<HolderStatus> holder(String holder);

    /** Blocks that a watch or download still wants; 0 for an unknown holder. Cheap enough to be asked again and again. */
    long remaining(String holder);

    /** CIDs of the trees of which leaves are held here, ordered by CID. */
    List<Cid> heldTrees(Optional<Cid> after, int limit);

    /**
     * How a tree stands.
     *
     * @param leafCount
     *            leaves that it has; where that is not known, those that we want or hold are all that count
     */
    TreeStatus tree(Cid tree, OptionalLong leafCount);

    /**
     * How often the leaves of a tree are there.
     *
     * @param leafCount
     *            as with {@link #tree}
     * @param bucketsMax
     *            buckets to return at most
     * @param rangesMax
     *            ranges of leaves that no peer has to return at most
     */
    TreeAvailability availability(Cid tree, OptionalLong leafCount, int bucketsMax, int rangesMax);

    /** Totals for gauges. */
    EngineCounts counts();

    /**
     * A connected peer.
     *
     * @param requestedCount
     *            blocks that we have asked of it and await
     * @param lastExchangeAt
     *            when the last message of the exchange was received from it
     * @param interestOurs
     *            it has a block that we want to fetch
     * @param interestTheirs
     *            it has asked us for a block
     */
    record PeerStatus(PeerId peer, Direction direction, Instant joinedAt, long haveCount, long deniedCount,
            long wantCount, long requestedCount, PeerCounters counters, Optional<Instant> lastExchangeAt,
            boolean interestOurs, boolean interestTheirs, Knowledge knowledge, Optional<Account> account) {}

    /**
     * How fresh our knowledge of a peer is.
     *
     * @param lastRefreshAt
     *            when all our wants had last been asked of it: the last of these asks was written then
     * @param inProgress
     *            asks are under way or waiting for budget
     * @param backoff
     *            time between two turns for a want-list of the present size
     * @param stale
     *            no turn has ended for three times {@code backoff}, though there was something to ask
     * @param heldBack
     *            nothing is asked of it, as it takes nothing or does not speak the exchange
     */
    record Knowledge(Optional<Instant> lastRefreshAt, boolean inProgress, Duration backoff, boolean stale,
            boolean heldBack) {}

    /** What a peer has, in short. */
    record HaveSetSummary(long haveCount, long deniedCount, List<TreePresence> trees, List<PresenceRecord> singles) {}

    /**
     * What a peer has of one tree.
     *
     * @param price
     *            the price, where all have the same
     */
    record TreePresence(Cid treeCid, long haveCount, long deniedCount, BlockRanges ranges, boolean rangesTruncated,
            Optional<Price> price) {}

    /**
     * What is known of one block at one peer.
     *
     * @param price
     *            present with {@code HAVE}
     * @param confirmedAt
     *            absent with {@code UNKNOWN}; kept per 1,024 neighbouring leaves in tenths of a second, so it may be
     *            earlier than the truth, never later
     */
    record PresenceRecord(BlockAddress address, PresenceState state, Optional<Price> price,
            Optional<Instant> confirmedAt) {}

    /** A block that a peer explicitly asked for; {@code number} orders the asks of one peer. */
    record PeerWant(long number, WantListEntry entry, Instant since) {}

    /**
     * What is known of one block over all peers.
     *
     * @param unknown
     *            the number of peers that said neither
     * @param cheapest
     *            of all holders, listed or not, the first that asks least
     */
    record BlockKnowledge(BlockAddress address, boolean wantedByUs, boolean heldByUs, List<Holder> holders,
            List<PeerId> deniers, long unknown, List<PeerId> wanters, Optional<Holder> cheapest) {}

    /** A peer that has a block. */
    record Holder(PeerId peer, Price price, Instant confirmedAt) {}

    /** A block on our want-list. */
    record OwnWant(BlockAddress address, WantMode mode, Instant since, Optional<PeerId> requestedFrom,
            int retriesLeft) {}

    /**
     * How the blocks of one holder stand.
     *
     * @param remaining
     *            blocks that it still wants
     * @param peers
     *            peers that have at least one of them
     * @param distributedCopies
     *            the copies of the rarest block, and as the fraction the share of blocks with more copies than that;
     *            absent when nothing remains
     */
    record HolderStatus(long remaining, int peers, OptionalDouble distributedCopies) {}

    /**
     * How a tree stands.
     *
     * @param held
     *            leaves that are held here
     * @param peers
     *            connected peers that have at least one leaf
     * @param distributedCopies
     *            as with {@link HolderStatus}; 0 when no leaf is known of
     */
    record TreeStatus(long held, int peers, double distributedCopies) {}

    /**
     * How often the leaves of a tree are there at connected peers.
     *
     * @param buckets
     *            of nearly the same number of leaves, in the order of indices; never more than there are leaves
     * @param distributedCopies
     *            as with {@link TreeStatus}
     * @param unavailable
     *            leaves that no peer has
     * @param seeders
     *            peers that have all leaves
     */
    record TreeAvailability(List<CopiesInBucket> buckets, double distributedCopies, BlockRanges unavailable,
            boolean unavailableTruncated, int seeders) {}

    /** Copies of the leaves from one index to another, both included. */
    record CopiesInBucket(long first, long last, int min, double mean, int max) {}

    /**
     * Totals.
     *
     * @param wants
     *            our want-list by mode
     * @param wantsUnavailable
     *            wanted by us, held by nobody
     * @param peerWantsHeld
     *            asked of us and held by us
     * @param peersByDirection
     *            connected peers
     */
    record EngineCounts(Map<Direction, Integer> peersByDirection, long haves, long denials, Map<WantMode, Long> wants,
            long wantsUnavailable, long peerWantsHeld, long peerWantsNotHeld, long requested, long blocksHeld,
            int peersStale) {}
}
