package dev.peerscope.engine;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import dev.peerscope.block.BlockAddress;

/** How often each block that a download wants was tried in vain; blocks with the same number share a set. */
final class Tries {

    private final int triesMax;
    private final NavigableMap<Integer, AddressSet> byFailures = new TreeMap<>();

    Tries(int triesMax) {
        this.triesMax = triesMax;
    }

    /** One more try of each of these was in vain. */
    void failed(AddressSet blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        AddressSet first = blocks.copy();
        // From the most failures down, so that nothing moves twice.
        for (Map.Entry<Integer, AddressSet> entry : byFailures.descendingMap().entrySet().stream().toList()) {
            AddressSet again = entry.getValue().and(first);
            entry.getValue().removeAll(again);
            first.removeAll(again);
            add(entry.getKey() + 1, again);
        }
        add(1, first);
        byFailures.values().removeIf(AddressSet::isEmpty);
    }

    private void add(int failures, AddressSet blocks) {
        if (!blocks.isEmpty()) {
            byFailures.computeIfAbsent(Math.min(failures, triesMax), _ -> new AddressSet()).addAll(blocks);
        }
    }

    /** These are not to be fetched any more. */
    void forget(AddressSet blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        byFailures.values().forEach(failed -> failed.removeAll(blocks));
        byFailures.values().removeIf(AddressSet::isEmpty);
    }

    int left(BlockAddress address) {
        return triesMax - byFailures.entrySet().stream().filter(entry -> entry.getValue().contains(address))
                .map(Map.Entry::getKey).findFirst().orElse(0);
    }

    boolean hasFailed(BlockAddress address) {
        return left(address) < triesMax;
    }

    /** Blocks without a try left. */
    AddressSet exhausted() {
        return byFailures.getOrDefault(triesMax, new AddressSet());
    }
}
