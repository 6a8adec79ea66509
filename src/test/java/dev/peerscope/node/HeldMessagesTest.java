package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.Patience;
import dev.peerscope.block.Price;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.node.TestNodes.TestNode;

class HeldMessagesTest {

    private static final Duration PATIENCE = Patience.LONG;

    private final TestNodes nodes = new TestNodes();
    private final TestNode alice = nodes.start();
    private final TestNode bob = nodes.start();

    @AfterEach
    void closeNodes() {
        nodes.close();
    }

    @Test
    void whatWaitsIsAnsweredWhenMessagesAreTakenAgain() throws Exception {
        var dataset = bob.imports(10, 1);
        bob.node().holdMessages(true);
        alice.connectTo(bob);
        alice.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 10));
        await().atMost(PATIENCE).until(() -> bob.node().inboxMessages() > 0);
        assertThat(alice.events(PresenceChanged.class)).isEmpty();

        bob.node().holdMessages(false);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PresenceChanged.class)).singleElement()
                .satisfies(change -> assertThat(change.blocks().count()).isEqualTo(10)));
        await().atMost(PATIENCE).until(() -> bob.node().inboxMessages() == 0);
    }

    @Test
    void aPeerThatHoldsMessagesIsConnectedAndNotConfirmed() throws Exception {
        var impatient = nodes.start(settings -> settings.withEngine(new EngineSettings(Duration.ofMillis(300), 10_000,
                Duration.ofSeconds(1), PATIENCE, 512, 3_000, false)));
        var dataset = bob.imports(10, 2);
        impatient.connectTo(bob);
        impatient.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 10));
        await().atMost(PATIENCE).until(() -> !impatient.events(PresenceChanged.class).isEmpty());

        bob.node().holdMessages(true);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(impatient.events(PresenceChanged.class)).last()
                .satisfies(change -> {
                    assertThat(change.change()).isEqualTo(PresenceChange.REMOVED);
                    assertThat(change.reason()).isEqualTo(PresenceReason.NOT_CONFIRMED);
                }));
        assertThat(impatient.node().directory().connected(bob.node().peerId())).isPresent();
    }

    @Test
    void aNewPriceIsLearntByAsking() throws Exception {
        var dataset = bob.imports(10, 3);
        bob.node().content().price(Price.of(5));
        alice.connectTo(bob);
        alice.node().watches().create(new WantedContent.OfTree(dataset.treeCid(), 10));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PresenceChanged.class)).last()
                .satisfies(change -> assertThat(change.price()).contains(Price.of(5))));

        bob.node().content().price(Price.of(6));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.events(PresenceChanged.class)).last()
                .satisfies(change -> {
                    assertThat(change.change()).isEqualTo(PresenceChange.REPRICED);
                    assertThat(change.price()).contains(Price.of(6));
                    assertThat(change.previousPrice()).contains(Price.of(5));
                }));
    }
}
