package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceState;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantListEntry;

/**
 * Ten minutes among peers that gain and lose blocks, fall silent, come and go, while watches begin and end. Nobody ever says
 * anything unasked, so all that is known comes from asking again.
 */
class TenMinutesOfWatchesTest {

    private static final long SEED = 20_260_101;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzMNOPQ";
    private static final EngineSettings SETTINGS = new EngineSettings(Duration.ofSeconds(4), 10_000,
            Duration.ofSeconds(3), Duration.ofSeconds(60), 512, 3_000, false);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TestNode node = new TestNode(SETTINGS, EngineLimits.DEFAULT, SEED);
    private final List<SimulatedPeer> peers = new ArrayList<>();
    private int heard;

    /** Answers want-haves truthfully unless it is silent. */
    private final class SimulatedPeer {

        private final TestPeer peer;
        private String holds = letters(12);
        private boolean silent;
        private boolean connected;
        private final Map<BlockAddress, Instant> lastAsked = new HashMap<>();

        SimulatedPeer(String name) {
            peer = new TestPeer(node, name);
        }

        void connectOrLeave() {
            connected = !connected;
            if (connected) {
                lastAsked.clear();
                node.connects(peer);
            } else {
                node.disconnects(peer, DepartureReason.CONNECTION_LOST);
            }
        }

        void hear(List<EngineOutput> outputs) {
            for (EngineOutput output : outputs) {
                if (output instanceof EngineOutput.Send(var to, _, var sent, _) && to.equals(peer.id())) {
                    ExchangeMessage message = TestNode.asReceived(sent);
                    message.wantList().entries().forEach(this::checkInterval);
                    if (!silent && connected) {
                        answer(message);
                    }
                }
            }
        }

        private void checkInterval(WantListEntry entry) {
            Instant before = lastAsked.put(entry.address(), node.clock.now());
            if (before != null) {
                assertThat(Duration.between(before, node.clock.now())).as("asked %s of %s again after", entry, peer)
                        .isGreaterThanOrEqualTo(SETTINGS.refreshShortestInterval());
            }
        }

        private void answer(ExchangeMessage ask) {
            StringBuilder have = new StringBuilder();
            StringBuilder lack = new StringBuilder();
            for (WantListEntry entry : ask.wantList().entries()) {
                String letter = Letters.letterOf(entry.address());
                (holds.contains(letter) ? have : lack).append(letter);
            }
            node.receives(peer, Sentence.have(have.toString()), Sentence.dontHave(lack.toString()));
        }
    }

    @Test
    void watchesNeverAskForABlockAndLearnEveryChange() {
        for (String name : List.of("alice", "bob", "carol", "dave", "erin")) {
            peers.add(new SimulatedPeer(name));
        }
        node.watches("lasting", ALPHABET);
        for (int second = 0; second < 580; second++) {
            churn();
            passOneSecond();
        }
        peers.forEach(peer -> peer.silent = false);
        for (int second = 0; second < 20; second++) {
            passOneSecond();
        }
        assertThat(node.allOutputs()).filteredOn(EngineOutput.Send.class::isInstance).hasSizeGreaterThan(300)
                .noneMatch(output -> NodeAssert.hasWantBlock(((EngineOutput.Send) output).message()));
        assertThat(node.allOutputs()).noneMatch(EngineOutput.Disconnect.class::isInstance);
        assertThat(node.allEvents()).filteredOn(ExchangeEvent.PresenceChanged.class::isInstance)
                .extracting(event -> ((ExchangeEvent.PresenceChanged) event).reason().text())
                .contains("announced", "dont-have-received", "not-confirmed", "peer-departed");
        peers.stream().filter(peer -> peer.connected).forEach(this::assertKnownAsItIs);
    }

    private void churn() {
        SimulatedPeer someone = peers.get(random.nextInt(peers.size()));
        switch (random.nextInt(8)) {
            case 0 -> someone.connectOrLeave();
            case 1 -> someone.silent = !someone.silent;
            case 2, 3 -> someone.holds = letters(12);
            case 4 -> node.watches("passing", letters(5));
            case 5 -> node.releases("passing");
            default -> {
                // A quiet second.
            }
        }
        hearAll();
    }

    private void passOneSecond() {
        node.clock.advanceSeconds(1);
        hearAll();
    }

    private void hearAll() {
        List<EngineOutput> outputs = List.copyOf(node.allOutputs().subList(heard, node.allOutputs().size()));
        heard = node.allOutputs().size();
        peers.forEach(peer -> peer.hear(outputs));
    }

    private void assertKnownAsItIs(SimulatedPeer simulated) {
        for (BlockAddress address : Letters.blocks(ALPHABET)) {
            boolean holds = simulated.holds.contains(Letters.letterOf(address));
            assertThat(node.reader().presence(simulated.peer.id(), address).state())
                    .as("%s at %s", Letters.letterOf(address), simulated.peer)
                    .isEqualTo(holds ? PresenceState.HAVE : PresenceState.DONT_HAVE);
        }
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            if (letters.indexOf(String.valueOf(letter)) < 0) {
                letters.append(letter);
            }
        }
        return letters.toString();
    }
}
