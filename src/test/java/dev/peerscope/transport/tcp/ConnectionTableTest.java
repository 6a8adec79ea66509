package dev.peerscope.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.ConnectionBounds;
import dev.peerscope.transport.PeerStanding;

/** Sixteen connections: fourteen may come in, four from one address. */
class ConnectionTableTest {

    private final AtomicLong clock = new AtomicLong();
    private final ConnectionBounds bounds = ConnectionBounds.DEFAULT.withMax(16);
    private final ConnectionTable table = new ConnectionTable(bounds, _ -> PeerStanding.SILENT, clock::get);
    private final InboundHandshakes handshakes = new InboundHandshakes(64);
    private final List<String> left = new ArrayList<>();
    private int peers;

    @Test
    void anAddressHasAQuarterOfTheConnections() {
        assertThat(comeIn(20, "192.0.2.1")).isEqualTo(4);

        assertThat(table.noRoomFor(address("192.0.2.1"))).hasValueSatisfying(noRoom -> {
            assertThat(noRoom.met()).isEqualTo(LimitName.ADDRESS_SHARE);
            assertThat(noRoom.reason()).contains("4 connections from 192.0.2.1");
        });
        assertThat(table.noRoomFor(address("192.0.2.2"))).isEmpty();
        assertThat(table.mostFromOneAddress()).isEqualTo(4);
    }

    @Test
    void addressesOfOneSubscriberOfIp6ShareOne() {
        int admitted = 0;
        for (int i = 0; i < 20; i++) {
            admitted += comeIn(1, "2001:db8:1:2::" + i);
        }
        assertThat(admitted).isEqualTo(4);
    }

    @Test
    void exemptNetworksHaveNoShareAndAreNotReportedAsOne() {
        assertThat(comeIn(14, "10.1.2.3")).isEqualTo(14);

        assertThat(table.mostFromOneAddress()).isZero();
    }

    @Test
    void whoLeavesGivesHisShareBack() {
        var slots = new ArrayList<ConnectionTable.Slot>();
        for (int i = 0; i < 4; i++) {
            slots.add(slot("192.0.2.1"));
            assertThat(slots.getLast().claim(nextPeer())).isEmpty();
        }
        slots.forEach(ConnectionTable.Slot::release);
        slots.forEach(ConnectionTable.Slot::release);

        assertThat(table.taken()).isZero();
        assertThat(comeIn(5, "192.0.2.1")).isEqualTo(4);
    }

    @Test
    void whoMakesRoomIsToldAndItsRoomIsFreeAtOnce() {
        comeIn(14, "10.1.2.3");
        clock.addAndGet(Duration.ofSeconds(6).toNanos());

        assertThat(comeIn(1, "192.0.2.1")).isEqualTo(1);

        assertThat(table.taken()).isEqualTo(14);
        assertThat(left).singleElement().asString().contains("made room for one that came in from 192.0.2.1",
                "of the connections from 10.1.2.3");
    }

    @Test
    void dialsFindRoomHoweverManyCameIn() {
        comeIn(14, "10.1.2.3");
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        for (int i = 0; i < 16; i++) {
            assertThat(table.reserve()).as("dial %d", i).isPresent();
        }
        assertThat(left).as("two had room of their own").hasSize(14);
        assertThat(table.reserve()).as("dials make room for nobody").isEmpty();
        assertThat(table.noRoomFor(address("192.0.2.1"))).map(NoRoom::met).contains(LimitName.CONNECTIONS);
    }

    @Test
    void strangersOfOneSubscriberCrowdOutEachOther() {
        var few = new InboundHandshakes(3);
        var honest = few.begin(IpNetwork.parse("192.0.2.1"), () -> left.add("honest"));
        for (int i = 0; i < 5; i++) {
            int number = i;
            few.begin(IpNetwork.ofSubscriber(address("2001:db8::" + i)), () -> left.add("crowd " + number));
        }
        assertThat(left).containsExactly("crowd 0", "crowd 1", "crowd 2");
        assertThat(honest.end()).as("it was under way until now").isTrue();
    }

    @Test
    void ofStrangersThatAreAllFromElsewhereTheOldestGoes() {
        var few = new InboundHandshakes(3);
        for (int i = 0; i < 5; i++) {
            int number = i;
            few.begin(IpNetwork.ofSubscriber(address("192.0.2." + i)), () -> left.add("stranger " + number));
        }
        assertThat(left).containsExactly("stranger 0", "stranger 1");
        assertThat(few.underWay()).isEqualTo(3);
    }

    /** Returns how many were let in. */
    private int comeIn(int count, String from) {
        int admitted = 0;
        for (int i = 0; i < count; i++) {
            admitted += slot(from).claim(nextPeer()).isEmpty() ? 1 : 0;
        }
        return admitted;
    }

    private ConnectionTable.Slot slot(String from) {
        var handshake = handshakes.begin(IpNetwork.ofSubscriber(address(from)), () -> {});
        return table.inbound(address(from), handshake, why -> left.add(why.reason()));
    }

    private PeerId nextPeer() {
        return PeerId.ofPublicKey(("peer " + peers++).getBytes(StandardCharsets.UTF_8));
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
