package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.WantListReason;

/**
 * Anything may happen in any order: after every input all invariants hold, what events tell is what readers see, and the state
 * is what a naive model says. A seed that fails is printed with the test and stays as an example.
 */
class RandomisedEngineTest {

    private static final int SEEDS = 200;
    private static final int STEPS = 400;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everythingHoldsWhateverHappens(long seed) {
        var world = new RandomWorld(seed);

        world.run(STEPS);

        assertThat(world.node().allEvents()).as("seed %d", seed).isNotEmpty();
    }

    @Test
    void theSameSeedGivesTheSameOutputs() {
        var one = new RandomWorld(42);
        var other = new RandomWorld(42);

        one.run(2 * STEPS);
        other.run(2 * STEPS);

        assertThat(one.node().allOutputs()).isEqualTo(other.node().allOutputs());
    }

    @Test
    void someSeedMeetsEveryKindOfEventOutcomeAndReason() {
        Set<String> met = new TreeSet<>();
        for (long seed = 0; seed < 30; seed++) {
            var world = new RandomWorld(seed);
            world.run(STEPS);
            world.node().allEvents().forEach(event -> met.addAll(facets(event)));
        }
        assertThat(met).contains("PeerJoined", "PeerLeft", "BlockRetrieved", "BlocksDelivered", "FetchFailed");
        assertThat(met).contains(texts(PresenceChange.values())).contains(texts(BlockOutcome.values()))
                .contains(texts(ClaimOutcome.values())).contains(texts(WantListReason.values()));
        assertThat(met).contains("ANNOUNCED", "PRICE_CHANGED", "DONT_HAVE_RECEIVED", "NOT_CONFIRMED", "DELIVERED",
                "RELEASED", "PEER_DEPARTED", "PEER_TIMEOUT", "PROVEN_WRONG");
        assertThat(met).contains("PEER_WANT_LIST", "PEER_PRESENCES", "PEER_PRICES", "PEER_ANSWERS", "WANTS",
                "WANT_HOLDERS", "PEERS", "PROVEN_WRONG");
    }

    private static List<String> facets(ExchangeEvent event) {
        return switch (event) {
            case ExchangeEvent.PresenceChanged changed -> List.of(changed.change().name(), changed.reason().name());
            case ExchangeEvent.WantListChanged changed -> List.of(changed.change().name(), changed.reason().name());
            case ExchangeEvent.BlocksReceived received -> List.of(received.outcome().name());
            case ExchangeEvent.ClaimsSettled settled -> List.of(settled.outcome().name());
            case ExchangeEvent.LimitMet limit -> List.of(limit.limit().name());
            default -> List.of(event.getClass().getSimpleName());
        };
    }

    private static String[] texts(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
    }
}
