package dev.peerscope.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.EngineCounts;

/**
 * What gauges show, all of one moment.
 *
 * @param peersBySize connected peers by how many blocks they have, in the order of {@link HaveSetSize}
 */
record NodeSnapshot(EngineCounts counts, List<Integer> peersBySize) {

    /** Before the engine has answered for the first time. */
    static final NodeSnapshot EMPTY = new NodeSnapshot(
            new EngineCounts(Map.of(), 0, 0, Map.of(), 0, 0, 0, 0, 0, 0), sizes(List.of()));

    static NodeSnapshot of(EngineReader reader) {
        return new NodeSnapshot(reader.counts(),
                sizes(reader.peers().stream().map(peer -> HaveSetSize.of(peer.haveCount())).toList()));
    }

    private static List<Integer> sizes(List<HaveSetSize> peers) {
        Integer[] counts = new Integer[HaveSetSize.values().length];
        Arrays.fill(counts, 0);
        peers.forEach(size -> counts[size.ordinal()]++);
        return List.of(counts);
    }

    int peersOf(HaveSetSize size) {
        return peersBySize.get(size.ordinal());
    }
}
