package dev.peerscope.transport.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.transport.StreamRefused;

class PingProtocolTest {

    private final PingProtocol pings = new PingProtocol(Duration.ofMinutes(1));
    private final FakeConnection connection = new FakeConnection(
            IdentityKey.generate(KeyType.SECP256K1).peerId());

    @Test
    void whatComesIsSentBack() {
        var stream = connection.opened(PingProtocol.PROTOCOL_ID);
        stream.setHandler(pings.answer(stream));

        stream.receive("thirty-two bytes, or any others.".getBytes(UTF_8), 5);
        stream.receive("again".getBytes(UTF_8));
        stream.handler().remoteClosed(stream);

        assertThat(stream.written()).isEqualTo("thirty-two bytes, or any others.again".getBytes(UTF_8));
        assertThat(stream.ended).containsExactly("closeWrite");
    }

    @Test
    void whoDoesNotReadTheAnswersIsNotAnswered() {
        var stream = connection.opened(PingProtocol.PROTOCOL_ID);
        stream.setHandler(pings.answer(stream));
        stream.writable = false;

        stream.receive(new byte[32]);

        assertThat(stream.written()).isEmpty();
        assertThat(stream.ended).containsExactly("reset");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 32})
    void aPingTakesAsLongAsItsAnswer(int cut) {
        var ping = pings.ping(connection);
        var stream = connection.agree();
        assertThat(stream.written()).hasSize(32);
        assertThat(ping).isNotDone();

        stream.receive(stream.written(), cut);

        assertThat(ping.join()).isPositive();
        assertThat(stream.ended).containsExactly("closeWrite");
    }

    @Test
    void onePingIsUnderWayAtATime() {
        var first = pings.ping(connection);
        assertThat(pings.ping(connection)).isSameAs(first);
        assertThat(connection.asked).containsExactly("/ipfs/ping/1.0.0");
        var stream = connection.agree();
        stream.receive(stream.written());

        assertThat(pings.ping(connection)).isNotSameAs(first);
    }

    @Test
    void otherBytesAreNoAnswer() {
        var ping = pings.ping(connection);
        var stream = connection.agree();
        var answer = stream.written();
        answer[31] ^= 1;

        stream.receive(answer);

        assertThatThrownBy(ping::join).hasCauseInstanceOf(PingFailed.class).hasMessageContaining("other bytes");
        assertThat(stream.ended).containsExactly("reset");
    }

    @Test
    void moreBytesThanWereSentAreNoAnswer() {
        var ping = pings.ping(connection);
        var stream = connection.agree();

        stream.receive(Arrays.copyOf(stream.written(), 33));

        assertThat(ping).isCompletedExceptionally();
    }

    @Test
    void aRemoteThatClosesResetsOrDoesNotSpeakItFailsThePing() {
        var closed = pings.ping(connection);
        var stream = connection.agree();
        stream.handler().remoteClosed(stream);
        var reset = pings.ping(connection);
        stream = connection.agree();
        stream.handler().reset(stream);
        var refused = pings.ping(connection);
        connection.refuse();

        assertThatThrownBy(closed::join).hasCauseInstanceOf(PingFailed.class);
        assertThatThrownBy(reset::join).hasCauseInstanceOf(PingFailed.class);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(StreamRefused.class);
    }

    @Test
    void noAnswerInTimeFailsThePing() {
        var ping = new PingProtocol(Duration.ofMillis(20)).ping(connection);
        var stream = connection.agree();

        assertThatThrownBy(ping::join).hasCauseInstanceOf(PingFailed.class).hasMessageContaining("within PT0.02S");
        // Whoever waits is told first.
        await().untilAsserted(() -> assertThat(stream.ended).containsExactly("reset"));
    }
}
