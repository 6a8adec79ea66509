package dev.peerscope.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import dev.peerscope.block.BlockAddress;

/** Which peers asked us for a block. The inverse of the peers' want-lists. */
final class WanterIndex {

    /** A set of one is as small as it can be: most blocks are wanted by one peer, and there may be many. */
    private final Map<BlockAddress, Set<PeerContext>> wanters = new LinkedHashMap<>();

    /** The peer did not want it until now. */
    void add(BlockAddress address, PeerContext context) {
        wanters.merge(address, Set.of(context), (contexts, one) -> {
            var more = contexts.size() == 1 ? new LinkedHashSet<>(contexts) : contexts;
            more.addAll(one);
            return more;
        });
    }

    /** The peer wanted it until now. */
    void remove(BlockAddress address, PeerContext context) {
        wanters.computeIfPresent(address, (_, contexts) -> {
            if (contexts.size() == 1) {
                return null;
            }
            contexts.remove(context);
            return contexts.size() == 1 ? Set.copyOf(contexts) : contexts;
        });
    }

    Collection<PeerContext> of(BlockAddress address) {
        return Collections.unmodifiableCollection(wanters.getOrDefault(address, Set.of()));
    }

    /** Calls for each of these blocks and each peer that wants it. */
    void forEachOf(AddressSet blocks, BiConsumer<BlockAddress, PeerContext> consumer) {
        // Either may be much the smaller: a dataset of millions of blocks, or the asks of a large swarm.
        if (blocks.size() <= wanters.size()) {
            blocks.forEach(address -> of(address).forEach(context -> consumer.accept(address, context)));
        } else {
            wanters.forEach((address, contexts) -> {
                if (blocks.contains(address)) {
                    contexts.forEach(context -> consumer.accept(address, context));
                }
            });
        }
    }
}
