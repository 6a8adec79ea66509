package dev.peerscope.journal;

import static dev.peerscope.journal.Changes.ALICE;
import static dev.peerscope.journal.Changes.TREE;
import static dev.peerscope.journal.Changes.announced;
import static dev.peerscope.journal.RandomChanges.blockByBlock;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.PeerPresence.Told;
import dev.peerscope.peer.PeerId;

class PeerPresenceTest {

    private static final Told FREE = new Told(Optional.of(Price.ZERO));

    @Test
    void whatIsToldLastCountsAndTheRestOfARangeStays() {
        var presence = new PeerPresence().apply(announced(1, ALICE, leaves("0-99")));

        presence.tell(leaves("10-19,98-120"), Told.DENIED);

        assertThat(presence.trees().get(TREE)).isEqualTo(Map.of(FREE, BlockRanges.parse("0-9,20-97"), Told.DENIED,
                BlockRanges.parse("10-19,98-120")));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void theFoldOfAllChangesIsWhatIsKnownBlockByBlock(long seed) {
        var swarm = new RandomChanges(seed, 3);
        Map<PeerId, PeerPresence> folds = new HashMap<>();
        for (int message = 0; message < 1_000; message++) {
            swarm.next().forEach(
                    change -> folds.computeIfAbsent(change.peer(), _ -> new PeerPresence()).apply(change));

            folds.forEach((peer, fold) -> assertThat(blockByBlock(fold)).as("seed %d, %s", seed, peer)
                    .isEqualTo(swarm.known(peer)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void afterItsEndingNothingIsKnown(long seed) {
        var swarm = new RandomChanges(seed, 1);
        var presence = new PeerPresence();
        for (int message = 0; message < 50; message++) {
            swarm.next().forEach(presence::apply);
        }
        assertThat(presence.isEmpty()).as("seed %d", seed).isFalse();

        presence.ending(swarm.now(), ALICE, PresenceReason.NODE_STOPPED).forEach(presence::apply);

        assertThat(presence.isEmpty()).as("seed %d", seed).isTrue();
    }

    private static BlockSet leaves(String ranges) {
        return new BlockSet.Leaves(TREE, BlockRanges.parse(ranges));
    }
}
