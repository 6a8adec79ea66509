package dev.peerscope.transport.mux.yamux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.Muxer.GoAway;
import dev.peerscope.transport.mux.MuxerEnd;
import dev.peerscope.transport.mux.MuxerLimits;
import dev.peerscope.transport.mux.StreamsExhausted;

/** Frames of yamux, written by hand. */
class YamuxMuxerTest {

    private static final int WINDOW = 512 * 1024;
    private static final int INITIAL_WINDOW = 256 * 1024;
    private static final MuxerLimits LIMITS = new MuxerLimits(200, 300, 1 << 20, 1 << 17, 400_000, WINDOW, 50);

    /** Version, type, flags, stream, length. */
    private static final String OPEN_1 = "00 01 0001 00000001 00000000";

    private final MuxerEnd end = new MuxerEnd();

    @BeforeEach
    void acceptAConnection() {
        connect(Direction.INBOUND);
    }

    @AfterEach
    void everyBufferComesBack() {
        end.closeAndCheckBuffers();
    }

    @Test
    void theSideThatDialledGivesOddNumbers() {
        connect(Direction.OUTBOUND);

        end.open();
        end.open();

        assertSent("00 01 0001 00000001 00040000", "00 01 0001 00000003 00040000");
    }

    @Test
    void theSideThatWasDialledGivesEvenNumbers() {
        var stream = end.open();
        stream.write(Unpooled.copiedBuffer("hello", UTF_8));
        stream.closeWrite();
        stream.reset();

        assertSent("00 01 0001 00000002 00040000", "00 00 0000 00000002 00000005 68656c6c6f",
                "00 01 0004 00000002 00000000", "00 01 0008 00000002 00000000");
    }

    @Test
    void aStreamOfTheRemoteIsAcknowledgedWithTheRestOfItsWindow() {
        receive(OPEN_1);

        assertThat(end.lastOpened().id()).isEqualTo(1);
        assertSent("00 01 0002 00000001 00040000");
    }

    @Test
    void aStreamMayOpenBringDataAndCloseInOneFrame() {
        receive("00 00 0005 00000003 00000002 6869");

        assertThat(end.received(end.lastOpened())).isEqualTo("hi".getBytes(UTF_8));
        assertThat(end.events(end.lastOpened())).containsExactly("remoteClosed");
    }

    @Test
    void dataThatComesWithAResetIsNotRead() {
        receive(OPEN_1, "00 00 0008 00000001 00000002 6869", "00 00 0000 00000001 00000001 61");

        assertThat(end.received(end.lastOpened())).isEmpty();
        assertThat(end.events(end.lastOpened())).containsExactly("reset");
        assertThat(end.violations).isEmpty();
    }

    @Test
    void aWindowIsGivenBackOnceHalfOfItIsRead() {
        receive(OPEN_1);
        end.takeAll();

        receiveData(1, WINDOW / 2 - 1);
        assertThat(end.hasUnsent()).isFalse();
        receiveData(1, 1);

        assertSent("00 01 0000 00000001 00040000");
    }

    @Test
    void aPausedStreamGivesNothingBackUntilItIsResumed() {
        receive(OPEN_1);
        end.takeAll();
        end.lastOpened().pauseReading();

        receiveData(1, WINDOW);
        assertThat(end.hasUnsent()).isFalse();
        end.lastOpened().resumeReading();

        assertSent("00 01 0000 00000001 00080000");
        assertThat(end.received(end.lastOpened())).hasSize(WINDOW);
        end.lastOpened().resumeReading();
        assertThat(end.hasUnsent()).isFalse();
    }

    @Test
    void dataBeyondTheWindowIsAViolation() {
        receive(OPEN_1);
        end.lastOpened().pauseReading();
        receiveData(1, WINDOW);
        end.takeAll();

        receiveData(1, 1);

        assertThat(end.violations).singleElement().asString().contains("1 bytes where the stream's window is 0 bytes");
        assertThat(end.limits).containsExactly(LimitName.FRAME_LENGTH);
        assertSent("00 03 0000 00000000 00000001");
    }

    @Test
    void moreThanTheRemoteTakesWaitsForItsWindow() {
        var stream = end.open();
        end.takeAll();
        var write = stream.write(Unpooled.wrappedBuffer(new byte[INITIAL_WINDOW + 10]));
        stream.closeWrite();
        assertThat(end.unsentLengths()).containsExactly((1 << 17) + 12, (1 << 17) + 12);
        end.takeAll();
        assertThat(write).isNotDone();

        receive("00 01 0002 00000002 00000004", "00 01 0000 00000002 00000100");

        assertSent("00 00 0000 00000002 00000004 00000000", "00 00 0000 00000002 00000006 000000000000",
                "00 01 0004 00000002 00000000");
        assertThat(write).isCompleted();
    }

    @Test
    void aStreamWithoutWindowIsNotWritableOnceItsQueueIsFull() {
        var stream = end.open();
        stream.write(Unpooled.wrappedBuffer(new byte[INITIAL_WINDOW]));
        stream.write(Unpooled.wrappedBuffer(new byte[400_000]));
        assertThat(stream.isWritable()).isFalse();

        receive("00 01 0002 00000002 00000001");

        assertThat(stream.isWritable()).isTrue();
        assertThat(end.writabilityChanges(stream)).isEqualTo(2);
    }

    @Test
    void aPingIsAnsweredWithItsValue() {
        receive("00 02 0001 00000000 deadbeef", "00 02 0002 00000000 00000007");

        assertSent("00 02 0002 00000000 deadbeef");
        assertThat(end.violations).isEmpty();
    }

    @Test
    void answersThatTheRemoteDoesNotReadAreBounded() {
        end.setWritable(false);
        for (int i = 0; i < 50; i++) {
            receive("00 02 0001 00000000 00000001");
        }
        assertThat(end.violations).isEmpty();

        receive("00 02 0001 00000000 00000001");

        assertThat(end.violations).singleElement().asString()
                .contains("more than 50 frames in a row that want an answer");
    }

    @Test
    void aRemoteThatGoesAwayKeepsItsStreamsAndGetsNoNewOnes() {
        var stream = end.open();
        receive("00 03 0000 00000000 00000000", "00 00 0002 00000002 00000001 61");

        assertThat(end.received(stream)).isEqualTo("a".getBytes(UTF_8));
        assertThatThrownBy(() -> end.muxer().open()).isInstanceOf(StreamsExhausted.class);
    }

    @Test
    void onceWeGoAwayStreamsOfTheRemoteAreRefused() {
        end.muxer().goAway(GoAway.NORMAL);
        end.muxer().goAway(GoAway.INTERNAL_ERROR);

        receive(OPEN_1);

        assertThat(end.opened).isEmpty();
        assertSent("00 03 0000 00000000 00000000", "00 01 0008 00000001 00000000");
        assertThatThrownBy(() -> end.muxer().open()).isInstanceOf(StreamsExhausted.class);
    }

    @Test
    void aBacklogOfUnacknowledgedStreamsIsBounded() throws StreamsExhausted {
        for (int i = 0; i < 256; i++) {
            end.muxer().open();
        }
        assertThatThrownBy(() -> end.muxer().open()).isInstanceOf(StreamsExhausted.class).hasMessageContaining("256");

        receive("00 01 0002 00000002 00000000");

        assertThat(end.muxer().open().id()).isEqualTo(514);
    }

    @Test
    void framesForUnknownStreamsAreSkippedAndBoundedInNumber() {
        for (int i = 0; i < 50; i++) {
            receive("00 00 0000 00000005 00000002 6869");
        }
        assertThat(end.violations).isEmpty();

        receive("00 01 0004 00000005 00000000");

        assertThat(end.violations).singleElement().asString().contains("more than 50 frames in a row");
    }

    @ParameterizedTest
    @CsvSource({
            "01 00 0000 00000001 00000000,                   a yamux frame has the unknown version 1",
            "00 04 0000 00000001 00000000,                   a yamux frame has the unknown type 4",
            "00 01 0001 00000002 00000000,                   a number that is ours to give",
            "00 00 0001 00000001 00080001,                   524289 bytes where the stream's window is",
            "00 00 0000 00000000 00000000,                   of type DATA names no stream",
            "00 01 0000 00000000 00000000,                   of type WINDOW_UPDATE names no stream",
            "00 02 0001 00000001 00000000,                   of type PING names stream 1",
            "00 00 0000 00000009 00100001,                   a yamux frame has 1048577 bytes"})
    void whatBreaksTheRulesEndsTheConnection(String frame, String rule) {
        receive(frame);

        assertThat(end.violations).singleElement().asString().contains(rule);
        assertThat(end.muxer().streamCount()).isZero();
        assertThat(end.takeAll()).endsWith(bytes("00 03 0000 00000000 00000001"));
    }

    @Test
    void aFrameThatIsTooLongForNobodyMeetsABound() {
        receive("00 00 0000 00000009 00100001");

        assertThat(end.limits).containsExactly(LimitName.FRAME_LENGTH);
    }

    @Test
    void aStreamOpenedTwiceIsAViolation() {
        receive(OPEN_1, OPEN_1);

        assertThat(end.violations).singleElement().asString().contains("the remote opened stream 1 twice");
    }

    @Test
    void aWindowThatOverflowsIsAViolation() {
        end.open();

        receive("00 01 0002 00000002 ffffffff");

        assertThat(end.violations).singleElement().asString()
                .contains("a yamux window grows from 262144 by 4294967295");
    }

    private void connect(Direction direction) {
        end.use(new YamuxMuxerFactory().create(direction, LIMITS, end, end));
    }

    private void receive(String... frames) {
        for (var frame : frames) {
            end.muxer().received(Unpooled.wrappedBuffer(bytes(frame)));
        }
    }

    private void receiveData(int streamId, int length) {
        receive("00 00 0000 %08x %08x".formatted(streamId, length));
        end.muxer().received(Unpooled.wrappedBuffer(new byte[length]));
    }

    private void assertSent(String... frames) {
        for (var frame : frames) {
            assertThat(end.takeFrame()).isEqualTo(bytes(frame));
        }
        assertThat(end.hasUnsent()).isFalse();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
