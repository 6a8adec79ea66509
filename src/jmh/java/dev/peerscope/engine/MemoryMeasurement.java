package dev.peerscope.engine;

import java.io.PrintStream;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

import dev.peerscope.benchmark.Measurement;
import dev.peerscope.benchmark.OwnJvm;
import dev.peerscope.benchmark.PlainPresenceMap;
import dev.peerscope.benchmark.PresenceMessages;
import dev.peerscope.benchmark.UsedHeap;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;

/**
 * Memory for each presence record: what the heap holds more, after collections, when peers have told which of sixteen million
 * leaves they have, or which of a million single blocks. The wants are there before; have-set, times of confirmation, index and
 * copies are counted.
 *
 * <p>Beside it a plain map of a million such records, whose addresses share one CID, or have one each, as those have that are
 * read one by one from messages.
 */
public final class MemoryMeasurement implements Measurement {

    private static final int LEAVES = 1 << 24;
    private static final int SINGLES = 1 << 20;
    private static final int MAPPED = 1 << 20;
    private static final Price PRICE = Price.of(1000);
    private static final int[] PERCENTS = {100, 50, 1};
    private static final int[] PEERS = {1, 10};

    /** Takes the measurement in a JVM of its own. */
    @Override
    public void measure(PrintStream to) throws Exception {
        OwnJvm.run(MemoryMeasurement.class, to, "-Xmx3g", "-XX:+UseSerialGC");
    }

    /** Measures in this JVM. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        measureAll(System.out);
    }

    private static void measureAll(PrintStream results) {
        double leafMap = plainMap(index -> new BlockAddress.Leaf(MeasuredSwarm.TREE, index));
        double leafMapOwnCids = plainMap(
                index -> new BlockAddress.Leaf(Cid.decode(MeasuredSwarm.TREE.toBytes()), index));
        double singleMap = plainMap(index -> new BlockAddress.Standalone(single(index)));
        results.printf(
                "bytes for a record in a plain map: a leaf %.1f, with a CID of its own %.1f; a single block %.1f%n",
                leafMap, leafMapOwnCids, singleMap);
        results.printf("%n%-28s %6s %13s %10s %12s %12s%n", "of what we want a peer has", "peers", "records",
                "bytes each",
                "of the map", "of own CIDs");
        for (int percent : PERCENTS) {
            for (int peers : PEERS) {
                double bytes = leaves(percent, peers);
                row(results, percent + " % of 16 M leaves", peers, (long) (LEAVES / 100.0 * percent * peers), bytes,
                        leafMap,
                        leafMapOwnCids);
            }
        }
        for (int peers : PEERS) {
            row(results, "1 M single blocks", peers, (long) SINGLES * peers, singles(peers), singleMap, singleMap);
        }
    }

    private static void row(PrintStream results, String what, int peers, long records, double bytes, double map,
            double ownCids) {
        results.printf("%-28s %6d %,13d %10.4f %12s %12s%n", what, peers, records, bytes,
                "1/%.0f".formatted(map / bytes), "1/%.0f".formatted(ownCids / bytes));
    }

    private static double plainMap(LongFunction<BlockAddress> addresses) {
        long before = UsedHeap.bytes();
        var map = new PlainPresenceMap();
        for (long index = 0; index < MAPPED; index++) {
            map.put(new PlainPresenceMap.Presence(addresses.apply(index), true, PRICE));
        }
        double bytes = (double) (UsedHeap.bytes() - before) / MAPPED;
        Reference.reachabilityFence(map);
        return bytes;
    }

    /** Bytes for each record of peers that each have some leaves by chance and said so in ascending order. */
    private static double leaves(int percent, int peers) {
        var swarm = new MeasuredSwarm(List.of(new BlockSet.Leaves(MeasuredSwarm.TREE, BlockRanges.of(0, LEAVES - 1L))));
        long before = UsedHeap.bytes();
        long records = 0;
        for (int peer = 0; peer < peers; peer++) {
            var random = new SplittableRandom(peer);
            int[] had = IntStream.range(0, LEAVES).filter(_ -> random.nextInt(100) < percent).toArray();
            swarm.join();
            for (int from = 0; from < had.length; from += PresenceMessages.RECORDS) {
                var told = BlockRanges.builder();
                for (int i = from; i < Math.min(had.length, from + PresenceMessages.RECORDS); i++) {
                    told.add(had[i]);
                }
                swarm.tell(peer, have(List.of(new BlockSet.Leaves(MeasuredSwarm.TREE, told.build()))));
            }
            records += had.length;
        }
        double bytes = (double) (UsedHeap.bytes() - before) / records;
        Reference.reachabilityFence(swarm);
        return bytes;
    }

    /** Bytes for each record of peers that each have all of some single blocks. */
    private static double singles(int peers) {
        List<BlockSet> wanted = IntStream.range(0, SINGLES).<BlockSet>mapToObj(i -> new BlockSet.Single(single(i)))
                .toList();
        var swarm = new MeasuredSwarm(wanted);
        long before = UsedHeap.bytes();
        for (int peer = 0; peer < peers; peer++) {
            swarm.join();
            for (int from = 0; from < SINGLES; from += PresenceMessages.RECORDS) {
                swarm.tell(peer, have(wanted.subList(from, from + PresenceMessages.RECORDS)));
            }
        }
        double bytes = (double) (UsedHeap.bytes() - before) / SINGLES / peers;
        Reference.reachabilityFence(swarm);
        Reference.reachabilityFence(wanted);
        return bytes;
    }

    private static ExchangeMessage have(List<BlockSet> blocks) {
        return ExchangeMessage.ofPresences(blocks.stream().map(some -> BlockPresence.have(some, PRICE)).toList());
    }

    private static Cid single(long number) {
        return Cid.v1(CodexCodec.BLOCK, Multihash.sha256(("block " + number).getBytes(StandardCharsets.UTF_8)));
    }
}
