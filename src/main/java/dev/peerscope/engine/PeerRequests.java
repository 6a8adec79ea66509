package dev.peerscope.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;

/** What we have asked one peer to deliver and still await, and how well it has served us. */
final class PeerRequests {

    /** Weight of the newest observation in the share of requests answered. */
    private static final double NEWEST = 0.2;
    /** A peer that always failed is not ruled out, only expensive. */
    private static final double ANSWERED_SHARE_MIN = 0.01;
    private static final double SECOND_NANOS = 1e9;
    private static final Comparator<Request> DUE_FIRST = Comparator.comparing(Request::dueAt)
            .thenComparingLong(Request::number);

    private final Deadlines.Deadline due;
    private final Duration timeout;
    private final int lateMax;
    private final Pace pace;

    private final Map<BlockAddress, Request> requests = new HashMap<>();
    private final AddressSet blocks = new AddressSet();
    /** Requests that the peer still has to serve: all but those in {@link #verifying}. */
    private final NavigableSet<Request> awaited = new TreeSet<>(DUE_FIRST);
    /** Blocks that came and are being verified: still requested, but nothing is awaited from the peer. */
    private final AddressSet verifying = new AddressSet();
    /** Blocks that it delivered and that were refused: it is not asked for them again. */
    private final AddressSet refused = new AddressSet();
    /** Requests that expired, the newest: what was on its way when we gave it up is still welcome. */
    private final Map<BlockAddress, Request> expired = new LinkedHashMap<>();
    private long lastNumber;
    private double answeredShare = 1;
    /** Since when something is awaited without a valid delivery; null while nothing is awaited. */
    private @Nullable Instant waitingSince;
    /** How long that was so before, since the last valid delivery. */
    private Duration waitedBefore = Duration.ZERO;

    PeerRequests(Deadlines.Deadline due, EngineSettings settings) {
        this.due = due;
        this.timeout = settings.requestTimeout();
        this.lateMax = settings.requestsPerPeer();
        this.pace = new Pace(settings);
    }

    void requested(BlockAddress address, Instant now) {
        int ahead = awaited.size();
        if (ahead == 0) {
            waitingSince = now;
            pace.begins(now);
        }
        double deadline = pace.deadlineSeconds(ahead);
        var request = new Request(address, ++lastNumber, now, pace.queueSeconds(ahead),
                after(now, pace.expectedSeconds(ahead)), after(now, deadline), false);
        requests.put(address, request);
        blocks.add(address);
        awaited.add(request);
        expired.remove(address);
    }

    /** It handed over a block that is awaited, good or bad. False if that is not so. */
    boolean delivered(BlockAddress address, Instant now) {
        Request request = requests.get(address);
        if (request == null || !awaited.contains(request)) {
            return false;
        }
        verifying.add(address);
        awaitedNoMore(request, now);
        schedule();
        return true;
    }

    /** It handed over a block that it was asked for and given up on a moment ago. False if that is not so. */
    boolean deliveredLate(BlockAddress address) {
        Request request = expired.remove(address);
        if (request == null || requests.containsKey(address)) {
            return false;
        }
        requests.put(address, request.late());
        blocks.add(address);
        verifying.add(address);
        return true;
    }

    /** The request ended well. Returns it, empty if there is none any more. */
    Optional<Request> fulfilled(BlockAddress address, Instant now) {
        Optional<Request> ended = ended(address, now);
        ended.ifPresent(request -> {
            pace.took(Duration.between(request.askedAt(), now), request.queueSeconds());
            answeredShare += NEWEST * (1 - answeredShare);
        });
        return ended;
    }

    /** So many blocks of this peer were good. */
    void stored(int count, Instant now) {
        pace.delivered(count, now);
        answered(now);
    }

    /** The peer is not silent. */
    void answered(Instant now) {
        waitedBefore = Duration.ZERO;
        waitingSince = awaited.isEmpty() ? null : now;
    }

    /** The request ended badly, and it is the peer's fault. Returns it, empty if there is none. */
    Optional<Request> failed(BlockAddress address, Instant now) {
        Optional<Request> ended = ended(address, now);
        if (ended.isPresent()) {
            answeredShare -= NEWEST * answeredShare;
        }
        return ended;
    }

    /** The request ended. Returns it, empty if there is none. */
    Optional<Request> ended(BlockAddress address, Instant now) {
        Request request = requests.remove(address);
        if (request == null) {
            return Optional.empty();
        }
        blocks.remove(address);
        verifying.remove(address);
        awaitedNoMore(request, now);
        return Optional.of(request);
    }

    private void awaitedNoMore(Request request, Instant now) {
        if (awaited.remove(request) && awaited.isEmpty() && waitingSince != null) {
            waitedBefore = waitedBefore.plus(Duration.between(waitingSince, now));
            waitingSince = null;
        }
    }

    /** Requests ended badly in one go. */
    void shrink() {
        pace.failed();
    }

    /** Blocks that the peer should have delivered by now. */
    AddressSet due(Instant now) {
        var overdue = new AddressSet();
        for (Request request : awaited) {
            if (request.dueAt().isAfter(now)) {
                break;
            }
            overdue.add(request.address());
        }
        return overdue;
    }

    /** These are overdue and will be asked of others. */
    void expire(AddressSet overdue, Instant now) {
        overdue.forEach(address -> {
            Request request = requests.get(address);
            if (request != null) {
                pace.expired(request.askedAt(), now);
                expired.put(address, request);
            }
        });
        var oldest = expired.entrySet().iterator();
        while (expired.size() > lateMax) {
            oldest.next();
            oldest.remove();
        }
    }

    /** These are overdue, and nobody else could be asked: the peer gets more time. */
    void extend(AddressSet overdue, Instant now) {
        List<Request> extended = new ArrayList<>();
        overdue.forEach(address -> extended.add(requests.get(address)));
        extended.forEach(request -> {
            awaited.remove(request);
            Duration waited = Duration.between(request.askedAt(), now);
            Request anew = request.extended(after(now, pace.extensionSeconds(waited, awaited.size())));
            requests.put(request.address(), anew);
            awaited.add(anew);
        });
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

    /** Requests that may be open with the peer at present. */
    int window() {
        return pace.window();
    }

    /** Whether it let a request expire and has delivered nothing since: it is asked when nobody else can be. */
    boolean isOverdue() {
        return pace.isOverdue();
    }

    /** Whether the peer delivered nothing good for too long while something was awaited. */
    boolean isSilent(Instant now) {
        return waitingSince != null && !now.isBefore(silentFrom(waitingSince));
    }

    private Instant silentFrom(Instant since) {
        return since.plus(timeout).minus(waitedBefore);
    }

    /** Sees to it that we look again when the next request is overdue, or the peer has been silent for too long. */
    void schedule() {
        if (waitingSince == null) {
            due.clear();
        } else {
            Instant silent = silentFrom(waitingSince);
            Instant first = awaited.first().dueAt();
            due.set(first.isBefore(silent) ? first : silent);
        }
    }

    /** The peer is gone. */
    void stop() {
        due.clear();
    }

    /**
     * What another request to this peer costs, in seconds that it will probably take, more for a peer that often fails.
     *
     * @param surely whether nothing is hoped of a peer that has delivered nothing yet
     */
    double cost(boolean surely) {
        double seconds = surely ? pace.expectedSeconds(awaited.size()) : pace.hopedSeconds(awaited.size());
        return seconds / Math.max(answeredShare, ANSWERED_SHARE_MIN);
    }

    /** Whether another peer, asked now, would probably deliver this block before this peer. */
    boolean wouldBeOvertaken(BlockAddress address, PeerRequests other, Instant now) {
        Request request = requests.get(address);
        if (request == null || verifying.contains(address)) {
            return false;
        }
        // When it is later than was expected, all that is known is when we give it up.
        Instant answer = request.expectedAt().isBefore(now) ? request.dueAt() : request.expectedAt();
        return after(now, other.pace.expectedSeconds(other.awaited.size())).isBefore(answer);
    }

    private static Instant after(Instant now, double seconds) {
        return now.plusNanos((long) (seconds * SECOND_NANOS));
    }
}
