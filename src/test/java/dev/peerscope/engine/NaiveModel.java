package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceState;
import dev.peerscope.limit.LimitName;

/** The rules about wants and told presence in the plainest words, block by block. */
final class NaiveModel {

    private record Holding(WantMode mode, Set<BlockAddress> blocks) {}

    private final EngineLimits limits;
    private final Map<String, Holding> holders = new LinkedHashMap<>();
    private final Set<BlockAddress> held = new HashSet<>();

    NaiveModel(EngineLimits limits) {
        this.limits = limits;
    }

    void want(String holder, WantMode mode, String letters) {
        Set<BlockAddress> blocks = new HashSet<>(Letters.blocks(letters));
        if (mode == WantMode.FETCH) {
            blocks.removeAll(held);
        }
        Set<BlockAddress> all = new HashSet<>(wants().keySet());
        all.addAll(blocks);
        if ((holders.containsKey(holder) || holders.size() < limits.wantHolders()) && all.size() <= limits.wants()) {
            holders.computeIfAbsent(holder, _ -> new Holding(mode, new HashSet<>())).blocks.addAll(blocks);
        }
    }

    void release(String holder) {
        holders.remove(holder);
    }

    void hold(Collection<BlockAddress> blocks) {
        held.addAll(blocks);
        holders.values().stream().filter(holding -> holding.mode == WantMode.FETCH)
                .forEach(holding -> holding.blocks.removeAll(blocks));
    }

    void lose(Collection<BlockAddress> blocks) {
        held.removeAll(blocks);
    }

    boolean holds(BlockAddress address) {
        return held.contains(address);
    }

    void accept(ExchangeEvent event) {
        if (event instanceof ExchangeEvent.FetchFailed failed) {
            Optional.ofNullable(holders.get(failed.holder()))
                    .ifPresent(holding -> failed.blocks().addresses().toList().forEach(holding.blocks::remove));
        }
    }

    private Map<BlockAddress, WantMode> wants() {
        Map<BlockAddress, WantMode> wants = new TreeMap<>();
        for (Holding holding : holders.values()) {
            holding.blocks.forEach(address -> wants.merge(address, holding.mode,
                    (one, other) -> one == WantMode.FETCH ? one : other));
        }
        return wants;
    }

    void assertSameWants(TestNode node) {
        Map<BlockAddress, WantMode> read = new TreeMap<>();
        node.reader().wants(Optional.empty(), Integer.MAX_VALUE).forEach(want -> read.put(want.address(), want.mode()));
        assertThat(read).isEqualTo(wants());
    }

    /** After a message, every wanted block that it spoke of is as it was said last, unless a bound was met. */
    void assertTold(TestNode node, TestPeer peer, Sentence... sentences) {
        boolean limited = node.latestEvents().stream().anyMatch(event -> event instanceof ExchangeEvent.LimitMet met
                && (met.limit() == LimitName.PEER_PRESENCES || met.limit() == LimitName.PEER_PRICES));
        if (limited || node.engine().contexts().find(peer.id()).orElseThrow().isDropped()) {
            return;
        }
        Map<BlockAddress, Sentence> last = new HashMap<>();
        for (Sentence sentence : List.of(sentences)) {
            Letters.blocks(sentence.letters()).forEach(address -> last.put(address, sentence));
        }
        Set<BlockAddress> wanted = wants().keySet();
        last.forEach((address, sentence) -> {
            EngineReader.PresenceRecord read = node.reader().presence(peer.id(), address);
            if (!wanted.contains(address)) {
                assertThat(read.state()).as("%s is not wanted", address).isEqualTo(PresenceState.UNKNOWN);
            } else if (sentence.verb() == Sentence.Verb.HAVE) {
                assertThat(read.price()).as("price of %s", address).contains(sentence.price());
                assertThat(read.confirmedAt()).as("confirmation of %s", address)
                        .hasValueSatisfying(at -> assertThat(at).isBeforeOrEqualTo(node.clock.now()));
            } else {
                assertThat(read.state()).as("state of %s", address).isEqualTo(PresenceState.DONT_HAVE);
            }
        });
    }
}
