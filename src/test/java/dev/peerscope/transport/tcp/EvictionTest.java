package dev.peerscope.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.transport.PeerStanding;
import dev.peerscope.transport.tcp.Eviction.Candidate;

/** Who makes room for a newcomer. Ages are in seconds, the grace is 5, and more than 3 newcomers crowd out each other. */
class EvictionTest {

    private static final int GRACE = 5;
    private static final IpNetwork CROWD = IpNetwork.parse("192.0.2.1");
    private static final IpNetwork PAIR = IpNetwork.parse("192.0.2.2");
    private static final IpNetwork SINGLE = IpNetwork.parse("192.0.2.3");
    private static final IpNetwork ELSEWHERE = IpNetwork.parse("192.0.2.4");

    private final List<Candidate<String>> inbound = new ArrayList<>();

    @Test
    void theAddressWithMostConnectionsLosesOne() {
        came("single", SINGLE, 10, PeerStanding.SILENT);
        came("pair 1", PAIR, 10, PeerStanding.SILENT);
        came("pair 2", PAIR, 11, PeerStanding.SILENT);
        came("crowd", CROWD, 99, PeerStanding.TAKING_PART);
        came("crowd, too", CROWD, 98, PeerStanding.HOLDING);
        came("crowd, three", CROWD, 97, PeerStanding.DELIVERED);

        assertThat(victimFor(ELSEWHERE)).contains("crowd");
    }

    @Test
    void withinAnAddressTheLeastUsefulGoesAndOfThoseTheYoungestWhoseGraceIsOver() {
        came("old and silent", CROWD, 60, PeerStanding.SILENT);
        came("young and silent", CROWD, 5, PeerStanding.SILENT);
        came("within its grace", CROWD, 4, PeerStanding.SILENT);
        came("takes part", CROWD, 5, PeerStanding.TAKING_PART);

        assertThat(victimFor(ELSEWHERE)).contains("young and silent");
        assertThat(victimFor(CROWD)).contains("young and silent");
    }

    @ParameterizedTest
    @EnumSource(value = PeerStanding.class, mode = Mode.EXCLUDE, names = {"SILENT", "TAKING_PART"})
    void whoHoldsOrDeliveredWhatWeWantOrIsTheOperatorsNeverGoes(PeerStanding standing) {
        for (int i = 0; i < 10; i++) {
            came("useful " + i, CROWD, i, standing);
        }
        assertThat(victimFor(ELSEWHERE)).isEmpty();
        assertThat(victimFor(CROWD)).isEmpty();
        assertThat(victimForADial()).isEmpty();
    }

    @Test
    void whenTheAddressWithMostHasOnlyUsefulOnesTheNextLosesOne() {
        came("crowd 1", CROWD, 10, PeerStanding.HOLDING);
        came("crowd 2", CROWD, 10, PeerStanding.HOLDING);
        came("crowd 3", CROWD, 10, PeerStanding.HOLDING);
        came("pair 1", PAIR, 10, PeerStanding.HOLDING);
        came("pair 2", PAIR, 10, PeerStanding.TAKING_PART);
        came("single", SINGLE, 10, PeerStanding.SILENT);

        assertThat(victimFor(ELSEWHERE)).contains("pair 2");
    }

    @Test
    void anAddressTakesNothingFromOneThatHasNoMore() {
        came("single", SINGLE, 10, PeerStanding.SILENT);
        came("pair 1", PAIR, 10, PeerStanding.HOLDING);
        came("pair 2", PAIR, 10, PeerStanding.HOLDING);

        assertThat(victimFor(PAIR)).as("has two, and would have three").isEmpty();
        assertThat(victimFor(ELSEWHERE)).as("has none").contains("single");
        assertThat(victimFor(SINGLE)).as("its own").contains("single");
    }

    @Test
    void newcomersHaveTheirGraceWhileTheyAreFew() {
        came("new 1", SINGLE, 1, PeerStanding.SILENT);
        came("new 2", ELSEWHERE, 2, PeerStanding.SILENT);

        assertThat(victimFor(PAIR)).isEmpty();
    }

    @Test
    void anAddressThatKeepsMoreThanTheNewcomersGetsLosesOneWithinItsGraceIfNobodyElseMayGo() {
        came("useful", SINGLE, 60, PeerStanding.DELIVERED);
        came("cycling 1", CROWD, 1, PeerStanding.TAKING_PART);
        came("cycling 2", CROWD, 2, PeerStanding.TAKING_PART);

        assertThat(victimFor(ELSEWHERE)).contains("cycling 2");
        assertThat(victimFor(CROWD)).as("not for its own").isEmpty();
    }

    @Test
    void beyondTheirNumberNewcomersCrowdOutEachOtherAndNotWhoWasThereBefore() {
        came("old", CROWD, 60, PeerStanding.SILENT);
        came("new 1", CROWD, 3, PeerStanding.SILENT);
        came("new 2", CROWD, 2, PeerStanding.SILENT);
        came("honest", SINGLE, 4, PeerStanding.SILENT);

        assertThat(victimFor(CROWD)).as("the one that had most time to show something").contains("new 1");
        assertThat(victimFor(ELSEWHERE)).contains("new 1");
    }

    /** 28 a second and more, each of them gone before its grace is over, or not: from one address, or each from its own. */
    @Test
    void aFloodCostsThoseWhoWereThereNoMoreThanTheNewcomersPart() {
        for (int i = 0; i < 12; i++) {
            came("old " + i, IpNetwork.parse("198.51.100." + i), 1_000 + i, PeerStanding.SILENT);
        }
        var present = new ArrayList<>(inbound);
        for (int second = 0; second < 60; second++) {
            int now = second;
            for (int i = 0; i < 100; i++) {
                var from = IpNetwork.parse("203.0.113." + (second + i) % 200);
                var victim = victim(present, from);
                victim.ifPresent(present::remove);
                if (victim.isPresent()) {
                    present.add(candidate("flood", from, 0, PeerStanding.SILENT));
                }
            }
            present.replaceAll(one -> candidate(one.connection(), one.address(), one.age() + 1, one.standing()));
            assertThat(present).as("second %d", now).hasSize(12);
        }
        assertThat(present).filteredOn(one -> one.connection().startsWith("old")).hasSize(9);
    }

    @Test
    void aDialOfOursIsWorthMoreThanAnyoneWhoMayGo() {
        came("single", SINGLE, 10, PeerStanding.TAKING_PART);

        assertThat(victimForADial()).contains("single");
    }

    private void came(String name, IpNetwork from, int age, PeerStanding standing) {
        inbound.add(candidate(name, from, age, standing));
    }

    /** How many there are of its address is told when all are there. */
    private static Candidate<String> candidate(String name, IpNetwork from, long age, PeerStanding standing) {
        return new Candidate<>(name, from, 0, age, standing);
    }

    private Optional<String> victimFor(IpNetwork newcomer) {
        return victim(inbound, newcomer).map(Candidate::connection);
    }

    private Optional<String> victimForADial() {
        return victim(inbound, null).map(Candidate::connection);
    }

    private static Optional<Candidate<String>> victim(List<Candidate<String>> inbound, @Nullable IpNetwork newcomer) {
        Map<IpNetwork, Integer> sizes = new HashMap<>();
        inbound.forEach(one -> sizes.merge(one.address(), 1, Integer::sum));
        return new Eviction(GRACE, 3).victim(inbound.stream().map(one -> new Candidate<>(one, one.address(),
                sizes.getOrDefault(one.address(), 0), one.age(), one.standing())).toList(), newcomer)
                .map(Candidate::connection);
    }
}
