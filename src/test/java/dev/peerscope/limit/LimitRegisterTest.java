package dev.peerscope.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class LimitRegisterTest {

    private final MemoryBudget memory = new MemoryBudget(1_000);
    private final LimitRegister register = new LimitRegister(memory);

    @Test
    void aLimitIsShownWithItsPresentUseAndHowOftenItWasMet() {
        var used = new AtomicLong(3);
        register.register(LimitName.PEERS, 10, used::get);
        used.set(4);

        register.met(LimitName.PEERS, 2);
        register.met(LimitName.PEERS, 1);

        assertThat(register.use(LimitName.PEERS)).isEqualTo(new LimitUse(LimitName.PEERS, 10, 4, 3));
    }

    @Test
    void aLimitOnOneMessageHasNoUse() {
        register.register(LimitName.BLOCK_LENGTH, 10);

        assertThat(register.use(LimitName.BLOCK_LENGTH)).isEqualTo(new LimitUse(LimitName.BLOCK_LENGTH, 10, 0, 0));
    }

    @Test
    void aLimitOnEachPeerIsUsedAsMuchAsThePeerThatUsesMostDoes() {
        register.registerForEachPeer(LimitName.PEER_WANT_LIST, 100);
        var alice = memory.open(_ -> {});
        var bob = memory.open(_ -> {});
        alice.count(LimitName.PEER_WANT_LIST, 7);
        bob.count(LimitName.PEER_WANT_LIST, 9);
        assertThat(register.use(LimitName.PEER_WANT_LIST).used()).isEqualTo(9);

        bob.close();

        assertThat(register.use(LimitName.PEER_WANT_LIST).used()).isEqualTo(7);
    }

    @Test
    void theMemoryOfAllPeersIsOneOfTheLimits() {
        memory.open(_ -> {}).add(MemoryKind.PRESENCES, 400);

        assertThat(register.use(LimitName.MEMORY)).isEqualTo(new LimitUse(LimitName.MEMORY, 1_000, 400, 0));
    }

    @Test
    void allThatIsKnownIsShownInTheOrderOfNames() {
        register.register(LimitName.WANTS, 1);
        register.register(LimitName.PEERS, 1);

        assertThat(register.uses()).extracting(LimitUse::limit)
                .containsExactly(LimitName.PEERS, LimitName.WANTS, LimitName.MEMORY);
        assertThat(register.use(LimitName.QUESTIONS)).isEqualTo(new LimitUse(LimitName.QUESTIONS, 0, 0, 0));
    }
}
