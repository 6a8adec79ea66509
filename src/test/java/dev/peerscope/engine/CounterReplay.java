package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PeerCounters;
import dev.peerscope.peer.PeerId;

/** What moved between peers and us, and what they want of us, as someone sees it who hears the events and nothing else. */
final class CounterReplay {

    private final Map<PeerId, PeerCounters> counters = new HashMap<>();
    private final Map<PeerId, Set<BlockAddress>> wants = new HashMap<>();

    void accept(ExchangeEvent event) {
        switch (event) {
            case ExchangeEvent.PeerJoined joined -> {
                counters.put(joined.peer(), PeerCounters.NONE);
                wants.put(joined.peer(), new HashSet<>());
            }
            case ExchangeEvent.PeerLeft left -> {
                assertThat(left.counters()).isEqualTo(counters.remove(left.peer()));
                assertThat(wants.remove(left.peer())).as("wants of one that left").isEmpty();
            }
            case ExchangeEvent.BlocksReceived received when received.outcome() == BlockOutcome.OK ->
                counters.computeIfPresent(received.peer(),
                        (_, before) -> before.received(received.blocks(), received.bytes()));
            case ExchangeEvent.BlocksDelivered delivered -> counters.computeIfPresent(delivered.peer(),
                    (_, before) -> before.sent(delivered.blocks(), delivered.bytes()));
            case ExchangeEvent.ClaimsSettled settled -> counters.computeIfPresent(settled.peer(),
                    (_, before) -> before.settled(settled.outcome(), settled.blocks()));
            case ExchangeEvent.WantListChanged changed -> apply(changed, wants.get(changed.peer()));
            default -> {}
        }
    }

    private static void apply(ExchangeEvent.WantListChanged changed, Set<BlockAddress> wanted) {
        for (BlockAddress address : changed.blocks()) {
            boolean sensible = switch (changed.change()) {
                case ADDED -> wanted.add(address);
                case UPDATED -> wanted.contains(address);
                case REMOVED -> wanted.remove(address);
            };
            assertThat(sensible).as("%s of %s", changed.change(), address).isTrue();
        }
    }

    void assertSameAs(ExchangeEngine engine) {
        for (EngineReader.PeerStatus status : engine.reader().peers()) {
            assertThat(status.counters()).as("counters of %s", status.peer()).isEqualTo(counters.get(status.peer()));
            Set<BlockAddress> read = new HashSet<>();
            engine.reader().wantList(status.peer(), 0, Integer.MAX_VALUE)
                    .forEach(want -> read.add(want.entry().address()));
            assertThat(read).as("want-list of %s", status.peer()).isEqualTo(wants.get(status.peer()));
        }
    }
}
