package dev.peerscope.transport.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;

/** What no muxer lets happen, whatever the other side or the one who writes does. */
public abstract class MuxerBoundsContract extends TwoMuxers {

    @Test
    void aStreamMoreThanTheRemoteMayOpenIsAViolation() {
        bob.use(factory().create(Direction.INBOUND, limits(2), bob, bob));
        alice.open();
        alice.open();
        deliver();
        assertThat(bob.violations).isEmpty();

        alice.open();
        deliver();

        assertThat(bob.violations).singleElement().asString().contains("more than the 2");
        assertThat(bob.limits).containsExactly(LimitName.CONNECTION_STREAMS);
        assertThat(bob.muxer().streamCount()).isZero();
    }

    @Test
    void aStreamMoreThanWeMayOpenIsRefusedHere() throws StreamsExhausted {
        for (int i = 0; i < LIMITS.outboundStreamsMax(); i++) {
            alice.muxer().open();
        }
        assertThatThrownBy(() -> alice.muxer().open()).isInstanceOf(StreamsExhausted.class);
        assertThat(alice.limits).containsExactly(LimitName.CONNECTION_STREAMS);
        deliver();
        assertThat(bob.opened).hasSize(LIMITS.outboundStreamsMax());
    }

    @Test
    void anEndedStreamMakesRoomForAnother() throws StreamsExhausted {
        for (int i = 0; i < 5 * LIMITS.outboundStreamsMax(); i++) {
            alice.muxer().open().reset();
            deliver();
        }
        assertThat(bob.opened).hasSize(5 * LIMITS.outboundStreamsMax());
        assertThat(bob.violations).isEmpty();
    }

    @Test
    void aWriterThatIgnoresTheBoundLosesItsStreamAndNoOther() {
        var greedy = alice.open();
        var modest = alice.open();
        alice.setWritable(false);
        var first = greedy.write(buffer(bytes(400_000)));
        assertThat(first).isNotDone();
        assertThat(alice.muxer().mostQueuedBytes()).isEqualTo(400_000);

        var second = greedy.write(buffer(bytes(200_001)));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(alice.events(greedy)).containsExactly("reset");
        assertThat(alice.events(modest)).isEmpty();
        assertThat(alice.limits).containsExactly(LimitName.STREAM_OUTBOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noiseCostsNothingButTheConnection(long seed) {
        var random = new Random(seed);
        var noise = new byte[4096];
        for (int round = 0; round < 200; round++) {
            var end = new MuxerEnd();
            end.use(factory().create(Direction.INBOUND, LIMITS, end, end));
            random.nextBytes(noise);
            end.muxer().received(buffer(noise));
            end.closeAndCheckBuffers();
            assertThat(end.violations).hasSizeLessThan(2);
        }
    }
}
