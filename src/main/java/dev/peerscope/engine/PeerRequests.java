package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;

/** What we have asked one peer to deliver and still await, and how well it has served us. */
final class PeerRequests {

    /** Weight of the newest observation in the running averages. */
    private static final double NEWEST = 0.2;
    /** What a peer that has delivered nothing yet is believed to take, so that it gets a chance. */
    private static final double LATENCY_BELIEVED_SECONDS = 0.1;
    /** A peer that always failed is not ruled out, only expensive. */
    private static final double ANSWERED_SHARE_MIN = 0.01;

    private final Deadlines.Deadline overdue;
    private final Duration timeout;
    /** When each block was asked for, in the order of asking. */
    private final Map<BlockAddress, Instant> requests = new LinkedHashMap<>();
    private final AddressSet blocks = new AddressSet();
    /** Those that came and are being verified: still requested, but nothing is awaited from the peer. */
    private final AddressSet verifying = new AddressSet();
    /** Blocks that it delivered and that were refused: it is not asked for them again. */
    private final AddressSet refused = new AddressSet();
    private @Nullable Instant lastValidDelivery;
    private double latencySeconds = LATENCY_BELIEVED_SECONDS;
    private double answeredShare = 1;

    PeerRequests(Deadlines.Deadline overdue, EngineSettings settings) {
        this.overdue = overdue;
        this.timeout = settings.requestTimeout();
    }

    void requested(BlockAddress address, Instant now) {
        requests.put(address, now);
        blocks.add(address);
    }

    /** It handed the block over, good or bad. False if it was not asked to, or has done so already. */
    boolean delivered(BlockAddress address) {
        if (!blocks.contains(address) || verifying.contains(address)) {
            return false;
        }
        verifying.add(address);
        schedule();
        return true;
    }

    /** The request ended well. Returns how long it took, empty if there is no such request any more. */
    Optional<Duration> fulfilled(BlockAddress address, Instant now) {
        Optional<Duration> took = withdrawn(address).map(since -> Duration.between(since, now));
        took.ifPresent(duration -> {
            latencySeconds += NEWEST * (duration.toNanos() / 1e9 - latencySeconds);
            answeredShare += NEWEST * (1 - answeredShare);
        });
        lastValidDelivery = now;
        return took;
    }

    /** The request ended badly, and it is the peer's fault. */
    void failed(BlockAddress address) {
        if (withdrawn(address).isPresent()) {
            answeredShare -= NEWEST * answeredShare;
        }
    }

    /** The request ended, and nobody is to blame. Returns when it was made, empty if there is none. */
    Optional<Instant> withdrawn(BlockAddress address) {
        blocks.remove(address);
        verifying.remove(address);
        return Optional.ofNullable(requests.remove(address));
    }

    /** It delivered something else under these addresses. */
    void refused(AddressSet addresses) {
        refused.addAll(addresses);
    }

    /** These are wanted anew. */
    void wantsBegun(AddressSet wants) {
        refused.removeAll(wants);
    }

    /** All requests, those being verified included. For reading. */
    AddressSet blocks() {
        return blocks;
    }

    /** Requests that the peer still has to serve. */
    AddressSet awaited() {
        return blocks.minus(verifying);
    }

    boolean isVerifying(BlockAddress address) {
        return verifying.contains(address);
    }

    /** Blocks that the peer is not asked for again. For reading. */
    AddressSet refused() {
        return refused;
    }

    int size() {
        return requests.size();
    }

    /** Sees to it that the peer is called overdue when it delivers nothing good for too long while something is awaited. */
    void schedule() {
        Optional<Instant> first = requests.entrySet().stream().filter(request -> !verifying.contains(request.getKey()))
                .findFirst().map(Map.Entry::getValue);
        overdue.set(first.map(asked -> later(asked, lastValidDelivery).plus(timeout)));
    }

    /** The peer is gone. */
    void stop() {
        overdue.clear();
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** Seconds after which one more request will probably have been answered. */
    double expectedSeconds() {
        return latencySeconds * (requests.size() + 1) / Math.max(answeredShare, ANSWERED_SHARE_MIN);
    }
}
