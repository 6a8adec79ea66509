package dev.peerscope.attack;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

import dev.peerscope.attack.SocketPeer.Talk;

/** What peers say that read: honest ones, and those that are worse than silent. */
final class Talks {

    private static final int PRICES = 64;

    private Talks() {}

    /** Has what the predicate says, denies the rest where that is welcome, and has no data. */
    static Talk has(Predicate<Wanted> has) {
        return (peer, entries) -> {
            var asked = haves(entries).stream().filter(entry -> entry.sendDontHave() || has.test(entry)).toList();
            if (!asked.isEmpty()) {
                peer.say(Answers.presences(asked, entry -> has.test(entry) ? 0 : Answers.DENIED));
            }
        };
    }

    /** Has these datasets and serves them. */
    static Talk serves(List<TestDataset> datasets) {
        var presence = has(entry -> datasets.stream().anyMatch(dataset -> dataset.contains(entry)));
        return (peer, entries) -> {
            presence.asked(peer, entries);
            for (var entry : blocks(entries)) {
                for (var dataset : datasets) {
                    if (dataset.contains(entry)) {
                        peer.say(dataset.delivery(entry));
                    }
                }
            }
        };
    }

    /** Has everything, at a price that is another one for each of 64 neighbours. */
    static Talk atManyPrices() {
        return (peer, entries) -> sayPresences(peer, entries, entry -> entry.index() % PRICES + 1);
    }

    /** Has everything, and delivers nothing. */
    static Talk claims() {
        return (peer, entries) -> sayPresences(peer, entries, entry -> 0);
    }

    /** As {@link #claims}, but says so once for each block. */
    private static Talk claimsOnce() {
        Set<Long> claimed = new HashSet<>();
        return (peer, entries) -> sayPresences(peer,
                entries.stream().filter(entry -> claimed.add(entry.key())).toList(),
                entry -> 0);
    }

    /** Has everything, and delivers one valid block each time so much time has passed. */
    static Talk drips(List<TestDataset> datasets, long paceMillis) {
        SequencedMap<Long, Wanted> owed = new LinkedHashMap<>();
        var claims = claims();
        var began = new AtomicLong();
        return (peer, entries) -> {
            claims.asked(peer, entries);
            synchronized (owed) {
                for (var entry : entries) {
                    if (entry.cancel()) {
                        owed.remove(entry.key());
                    } else if (!entry.have() && datasets.stream().anyMatch(dataset -> dataset.contains(entry))) {
                        owed.put(entry.key(), entry);
                    }
                }
            }
            if (!owed.isEmpty() && began.compareAndSet(0, 1)) {
                Thread.ofVirtual().start(() -> drip(peer, owed, datasets, paceMillis));
            }
        };
    }

    private static void drip(SocketPeer peer, SequencedMap<Long, Wanted> owed, List<TestDataset> datasets,
            long paceMillis) {
        try {
            while (!peer.awaitEnd(paceMillis)) {
                Wanted next;
                synchronized (owed) {
                    next = owed.isEmpty() ? null : owed.pollFirstEntry().getValue();
                }
                if (next != null) {
                    peer.say(datasetOf(next, datasets).delivery(next));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has everything, and delivers blocks that do not verify. */
    static Talk lies(List<TestDataset> datasets, boolean claimsAgain) {
        var claims = claimsAgain ? claims() : claimsOnce();
        return (peer, entries) -> {
            claims.asked(peer, entries);
            for (var entry : blocks(entries)) {
                if (datasets.stream().anyMatch(dataset -> dataset.contains(entry))) {
                    peer.say(datasetOf(entry, datasets).lie(entry));
                }
            }
        };
    }

    /** Has every other block, and each time it is asked a coin says which. */
    static Talk churns() {
        return (peer, entries) -> {
            int odd = ThreadLocalRandom.current().nextInt(2);
            sayPresences(peer, entries, entry -> entry.index() % 2 == odd ? 0 : Answers.DENIED);
        };
    }

    /** Hears everything and says nothing. */
    static Talk nothing() {
        return (peer, entries) -> {};
    }

    private static void sayPresences(SocketPeer peer, List<Wanted> entries,
            ToLongFunction<Wanted> price) throws IOException, InterruptedException {
        var asked = haves(entries);
        if (!asked.isEmpty()) {
            peer.say(Answers.presences(asked, price));
        }
    }

    private static List<Wanted> haves(List<Wanted> entries) {
        return entries.stream().filter(entry -> entry.have() && !entry.cancel()).toList();
    }

    private static List<Wanted> blocks(List<Wanted> entries) {
        return entries.stream().filter(entry -> !entry.have() && !entry.cancel()).toList();
    }

    private static TestDataset datasetOf(Wanted entry, List<TestDataset> datasets) {
        return datasets.stream().filter(dataset -> dataset.contains(entry)).findFirst().orElseThrow();
    }
}
