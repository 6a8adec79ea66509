package dev.peerscope.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.journal.PeerPresence;
import dev.peerscope.journal.PeerPresence.Told;

class BlobsTest {

    private static final Cid TREE = Cid.v1(CodexCodec.ROOT, Multihash.sha256(new byte[]{1}));
    private static final Cid SINGLE = Cid.v1(CodexCodec.BLOCK, Multihash.sha256(new byte[]{2}));

    @Test
    void rangesAreTwoVarintsEachAsTheFormatSays() {
        assertThat(RangesBlob.encode(BlockRanges.parse("3,10-209"))).containsExactly(3, 0, 6, 0xc7, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0-9223372036854775807", "9223372036854775807", "0,2,4-8,100000-200000"})
    void rangesComeBackAsTheyWere(String ranges) {
        assertThat(RangesBlob.decode(RangesBlob.encode(BlockRanges.parse(ranges)))).hasToString(ranges);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_260_101, -7})
    void statesComeBackAsTheyWere(long seed) {
        var random = new SplittableRandom(seed);
        var presence = new PeerPresence();
        for (int i = 0; i < 50; i++) {
            long first = random.nextLong(Long.MAX_VALUE >> random.nextInt(60));
            presence.tell(new BlockSet.Leaves(TREE, BlockRanges.of(first, first + random.nextInt(10))), told(random));
        }
        presence.tell(new BlockSet.Single(SINGLE), told(random));

        assertThat(PresenceBlob.decode(PresenceBlob.encode(presence))).as("seed %d", seed).isEqualTo(presence);
    }

    private static Told told(SplittableRandom random) {
        return random.nextInt(4) == 0 ? Told.DENIED
                : new Told(
                        Optional.of(Price.of(BigInteger.ONE.shiftLeft(random.nextInt(256)).subtract(BigInteger.ONE))));
    }
}
