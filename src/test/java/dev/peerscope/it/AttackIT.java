package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import dev.peerscope.Patience;
import dev.peerscope.attack.DownloadAttack;
import dev.peerscope.attack.LieAttack;
import dev.peerscope.attack.MemoryAttack;
import dev.peerscope.attack.RoomAttack;
import dev.peerscope.attack.Scenario;
import dev.peerscope.attack.ShutdownAttack;

/**
 * What strangers do to the finished jar, in small; {@code src/test/scripts/attack} does it in full. Times are judged there only: here it
 * is bounds, counts, order and reasons.
 */
class AttackIT {

    private static final int LIES_MAX = 16;
    private static final int ADDRESS_SHARE = 40;

    @TempDir
    Path folder;

    @Test
    void anHonestPeersHaveSetOutlivesPeersThatDoNotRead() throws Exception {
        holds(new MemoryAttack(new MemoryAttack.Target("128m", 160, 50_000), new MemoryAttack.Strength(30, 10, 5),
                100_000,
                Duration.ofSeconds(12), Patience.LONG, false));
    }

    @Test
    void aDownloadIsNotHeldUpByPeersThatClaimAndDoNotDeliver() throws Exception {
        holds(new DownloadAttack(40, 16 * 1024, Duration.ofSeconds(20), Patience.LONG, false));
    }

    @Test
    void throwAwayIdentitiesOfOneAddressLeaveRoomForAnother() throws Exception {
        holds(new RoomAttack(false, 160, ADDRESS_SHARE, Duration.ofSeconds(4), Patience.LONG));
    }

    @Test
    void whoExchangesNothingMakesRoomForAnHonestPeerOfTheSameAddress() throws Exception {
        holds(new RoomAttack(true, 160, ADDRESS_SHARE, Duration.ofSeconds(4), Patience.LONG));
    }

    @Test
    void whoLiesIsShownAndDropped() throws Exception {
        holds(new LieAttack(8, 40, LIES_MAX, Patience.LONG));
    }

    @Test
    void openStreamsDoNotHoldUpTheEnd() throws Exception {
        holds(new ShutdownAttack(10, 3, 2, Duration.ofSeconds(3), false));
    }

    private void holds(Scenario scenario) throws Exception {
        var report = scenario.run(Path.of(System.getProperty("peerscope.jar")), folder);
        System.out.println(report.line());
        assertThat(report.missed()).as(report.line()).isEmpty();
    }
}
