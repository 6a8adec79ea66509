package dev.peerscope.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import dev.peerscope.block.BlockAddress;

/**
 * Our own want-list: the blocks that watches and downloads hold on it (protocol section 5.3). A block is wanted while at least
 * one holder holds it, and to be fetched while at least one download does.
 */
final class PendingBlocks {

    /** A watch or download and the blocks that it still wants. */
    record Holder(String id, WantMode mode, AddressSet blocks) {}

    /** Wants that began or ended together; those that were, or are, to be fetched are named apart. */
    record Change(AddressSet wants, AddressSet fetches) {}

    private final Map<String, Holder> holders = new LinkedHashMap<>();
    /** The union of all holders' blocks, and of the downloads' blocks. */
    private final AddressSet wants = new AddressSet();
    private final AddressSet fetches = new AddressSet();
    /** All wants by the time at which they began. */
    private final NavigableMap<Instant, AddressSet> began = new TreeMap<>();

    /** The holder wants these from now on, beside what it wanted. Returns what nobody wanted, or nobody fetched, before. */
    Change want(WantHolder by, AddressSet blocks, Instant now) {
        Holder holder = holders.computeIfAbsent(by.id(), id -> new Holder(id, by.mode(), new AddressSet()));
        holder.blocks.addAll(blocks);
        AddressSet begun = blocks.minus(wants);
        if (!begun.isEmpty()) {
            wants.addAll(begun);
            began.computeIfAbsent(now, _ -> new AddressSet()).addAll(begun);
        }
        AddressSet toFetch = new AddressSet();
        if (holder.mode == WantMode.FETCH) {
            toFetch = blocks.minus(fetches);
            fetches.addAll(toFetch);
        }
        return new Change(begun, toFetch);
    }

    /** The holder wants nothing any more. Returns what nobody wants, or nobody fetches, now. */
    Change release(String id) {
        Holder released = holders.remove(id);
        return released == null ? new Change(new AddressSet(), new AddressSet()) : ended(released.blocks);
    }

    /** No download wants these any more, for they are held or given up. Returns what nobody wants, or nobody fetches, now. */
    Change endFetch(AddressSet blocks) {
        AddressSet ending = blocks.and(fetches);
        for (Holder holder : holders.values()) {
            if (holder.mode == WantMode.FETCH) {
                holder.blocks.removeAll(ending);
            }
        }
        return ended(ending);
    }

    private Change ended(AddressSet blocks) {
        AddressSet unwanted = blocks.copy();
        AddressSet unfetched = blocks.and(fetches);
        for (Holder holder : holders.values()) {
            unwanted.removeAll(holder.blocks);
            if (holder.mode == WantMode.FETCH) {
                unfetched.removeAll(holder.blocks);
            }
        }
        wants.removeAll(unwanted);
        fetches.removeAll(unfetched);
        began.values().forEach(blocksOfThen -> blocksOfThen.removeAll(unwanted));
        began.values().removeIf(AddressSet::isEmpty);
        return new Change(unwanted, unfetched);
    }

    /** Everything that we want. For reading. */
    AddressSet wants() {
        return wants;
    }

    /** What we want to have ourselves, and do not have yet. For reading. */
    AddressSet fetches() {
        return fetches;
    }

    WantMode modeOf(BlockAddress address) {
        return fetches.contains(address) ? WantMode.FETCH : WantMode.WATCH;
    }

    /** When a block that is wanted now began to be wanted. */
    Instant since(BlockAddress address) {
        return began.entrySet().stream().filter(then -> then.getValue().contains(address)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(address + " is not wanted")).getKey();
    }

    Optional<Holder> holder(String id) {
        return Optional.ofNullable(holders.get(id));
    }

    Collection<Holder> holders() {
        return Collections.unmodifiableCollection(holders.values());
    }
}
