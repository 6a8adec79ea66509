package dev.peerscope.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(1_000, Runnable::run);
    private final List<String> dropped = new ArrayList<>();

    @Test
    void theSumOfAllPeersAndKindsIsUsed() {
        var alice = open("alice");
        var bob = open("bob");

        alice.add(MemoryKind.PRESENCES, 100);
        alice.add(MemoryKind.WANT_LIST, 50);
        alice.add(MemoryKind.WANT_LIST, -20);
        bob.set(MemoryKind.ASKS, 300);
        bob.set(MemoryKind.ASKS, 200);

        assertThat(budget.used()).isEqualTo(330);
        assertThat(alice.bytes()).isEqualTo(130);
        assertThat(alice).hasToString("presences=100 want-list=30");
        assertThat(budget.most(PeerUse::bytes)).isEqualTo(200);
    }

    @Test
    void withinTheBudgetNobodyIsDropped() {
        open("alice").add(MemoryKind.PRESENCES, 1_000);

        assertThat(dropped).isEmpty();
    }

    @Test
    void thePeerThatTakesMostIsDroppedWhoeverAddedTheLastByte() {
        open("alice").add(MemoryKind.PRESENCES, 600);
        open("bob").add(MemoryKind.QUEUED_MESSAGES, 399);

        open("carol").add(MemoryKind.INBOX, 2);

        assertThat(dropped).containsExactly("alice");
    }

    @Test
    void oneAfterTheOtherIsDroppedUntilTheOthersFit() {
        open("alice").add(MemoryKind.PRESENCES, 400);
        open("bob").add(MemoryKind.PRESENCES, 300);
        open("carol").add(MemoryKind.PRESENCES, 200);

        open("dave").add(MemoryKind.PRESENCES, 900);
        assertThat(dropped).as("with dave gone the others fit").containsExactly("dave");
        open("erin").add(MemoryKind.PRESENCES, 350);

        assertThat(dropped).containsExactly("dave", "alice");
    }

    @Test
    void aDroppedPeerThatIsStillLeavingDropsNobodyElse() {
        var alice = open("alice");
        alice.add(MemoryKind.PRESENCES, 1_001);
        var bob = open("bob");

        bob.add(MemoryKind.PRESENCES, 500);
        assertThat(dropped).containsExactly("alice");
        alice.add(MemoryKind.PRESENCES, -1_001);
        alice.close();
        bob.add(MemoryKind.PRESENCES, 501);

        assertThat(dropped).as("the room of alice is used once").containsExactly("alice", "bob");
    }

    @Test
    void whatIsUnderWayOfAPeerThatIsGoneCountsUntilItIsTaken() {
        var alice = open("alice");
        alice.add(MemoryKind.INBOX, 70);

        alice.close();
        assertThat(budget.used()).isEqualTo(70);
        alice.add(MemoryKind.INBOX, -70);

        assertThat(budget.used()).isZero();
        assertThat(budget.most(_ -> 1)).as("nobody is left").isZero();
    }

    @Test
    void memoryIsShortBeforeAnybodyIsDropped() {
        var alice = open("alice");
        alice.add(MemoryKind.INBOX, 875);
        assertThat(alice.isMemoryShort()).isFalse();

        alice.add(MemoryKind.INBOX, 1);

        assertThat(alice.isMemoryShort()).isTrue();
        assertThat(dropped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void aShareIsMoreThanNothingAndNoMoreThanTheHeap(double share) {
        assertThatThrownBy(() -> MemoryBudget.ofHeap(share)).hasMessageContaining(String.valueOf(share));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverHappensTheSumIsThatOfThePeersAndFitsWithoutThoseThatWereDropped(long seed) {
        var random = new Random(seed);
        Map<String, PeerUse> present = new HashMap<>();
        for (int step = 0; step < 2_000; step++) {
            String name = "peer " + random.nextInt(12);
            var peer = present.computeIfAbsent(name, this::open);
            var kind = MemoryKind.values()[random.nextInt(MemoryKind.values().length)];
            if (random.nextInt(10) == 0) {
                for (var each : MemoryKind.values()) {
                    peer.set(each, 0);
                }
                peer.close();
                present.remove(name);
            } else {
                peer.set(kind, random.nextInt(120));
            }
            assertThat(budget.used()).isEqualTo(present.values().stream().mapToLong(PeerUse::bytes).sum());
            assertThat(present.values().stream().filter(each -> !each.isDropped()).mapToLong(PeerUse::bytes).sum())
                    .as("step %d of seed %d", step, seed).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void threadsThatAddAndTakeAtTheSameTimeLeaveNothingBehind() throws Exception {
        var shared = new MemoryBudget(10_000);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    for (int round = 0; round < 2_000; round++) {
                        var peer = shared.open(_ -> {});
                        peer.add(MemoryKind.INBOX, 4_000);
                        peer.close();
                        peer.add(MemoryKind.INBOX, -4_000);
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(shared.used()).isZero();
        assertThat(shared.most(_ -> 1)).isZero();
    }

    private PeerUse open(String name) {
        return budget.open(_ -> dropped.add(name));
    }
}
