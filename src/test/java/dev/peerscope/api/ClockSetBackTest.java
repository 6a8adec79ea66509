package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import dev.peerscope.RunningService;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.event.ExchangeEvent.PresenceChanged;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.PresenceState;
import dev.peerscope.journal.PresenceJournal;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.Examples;

/** A service of its own, since times in its history ascend from a time that is yet to come. */
@RunningService
@TestPropertySource(properties = "peerscope.stream.subscribers=255")
class ClockSetBackTest {

    @LocalServerPort
    private int port;

    @Autowired
    private PresenceJournal journal;

    @Test
    void aTimeThatTheHistoryHasReachedCanBeAskedForThoughTheClockWasSetBackSince() {
        var ahead = Instant.now().plus(Duration.ofDays(40)).truncatedTo(ChronoUnit.MILLIS);
        journal.accept(new PresenceChanged(ahead, PeerId.parse(Examples.OTHER_PEER_ID), PresenceChange.ADDED,
                PresenceReason.ANNOUNCED, new BlockSet.Single(Cid.parse(Examples.TREE_CID)), Optional.of(Price.ZERO),
                Optional.empty(), PresenceState.UNKNOWN));
        await().until(() -> journal.find(1).isPresent());
        String haveSet = "/api/v1/peers/" + Examples.OTHER_PEER_ID + "/have-set?at=";

        var then = new Http(port).get(haveSet + ahead);

        assertThat(then.status()).isEqualTo(200);
        assertThat(then.json().get("blockCount").asInt()).isEqualTo(1);
        assertThat(new Http(port).get(haveSet + ahead.plusSeconds(1)).status()).as("yet to come").isEqualTo(400);
    }
}
