package dev.peerscope.transport.mux.mplex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.MuxerEnd;
import dev.peerscope.transport.mux.MuxerLimits;

/** Frames of mplex, written by hand. */
class MplexMuxerTest {

    private static final MuxerLimits LIMITS = new MuxerLimits(200, 200, 1 << 20, 1 << 16, 1 << 20, 1 << 20, 50);

    private final MuxerEnd end = new MuxerEnd();

    @BeforeEach
    void connect() {
        end.use(new MplexMuxerFactory().create(Direction.INBOUND, LIMITS, end, end));
    }

    @AfterEach
    void everyBufferComesBack() {
        end.closeAndCheckBuffers();
    }

    @Test
    void framesOfAStreamThatWeOpenAreThoseOfTheInitiator() {
        var first = end.open();
        var second = end.open();
        second.write(Unpooled.copiedBuffer("hello", UTF_8));
        second.closeWrite();
        first.reset();

        assertSent("00 00", "08 00", "0a 05 68656c6c6f", "0c 00", "06 00");
    }

    @Test
    void framesOfAStreamThatTheRemoteOpensAreThoseOfTheReceiver() {
        receive("00 02 6930", "80 01 00");
        var first = end.opened.getFirst();
        var second = end.opened.getLast();
        second.write(Unpooled.copiedBuffer("hello", UTF_8));
        second.closeWrite();
        first.reset();

        assertThat(second.id()).isEqualTo(16);
        assertSent("8101 05 68656c6c6f", "8301 00", "05 00");
    }

    @Test
    void twoStreamsOfOneNumberAreTwoStreams() {
        var ours = end.open();
        receive("00 00");
        var theirs = end.lastOpened();

        receive("01 02 6f75", "02 02 7468", "01 01 72", "02 03 656972");

        assertThat(end.received(ours)).isEqualTo("our".getBytes(UTF_8));
        assertThat(end.received(theirs)).isEqualTo("their".getBytes(UTF_8));
    }

    @Test
    void dataIsHandedOnBeforeItsFrameIsWhole() {
        receive("00 00", "02 05 6865");
        assertThat(end.received(end.lastOpened())).isEqualTo("he".getBytes(UTF_8));

        receive("6c6c6f", "04 00");

        assertThat(end.received(end.lastOpened())).isEqualTo("hello".getBytes(UTF_8));
        assertThat(end.events(end.lastOpened())).containsExactly("remoteClosed");
    }

    @Test
    void framesForUnknownStreamsAreSkippedWithTheirData() {
        receive("02 05 68656c6c6f", "04 00", "06 00", "01 03 010203", "00 00", "02 01 61");

        assertThat(end.violations).isEmpty();
        assertThat(end.received(end.lastOpened())).isEqualTo("a".getBytes(UTF_8));
    }

    @Test
    void framesForUnknownStreamsAreBoundedInNumber() {
        receive("00 00");
        for (int i = 0; i < 50; i++) {
            receive("0a 00");
        }
        receive("02 01 61");
        for (int i = 0; i < 50; i++) {
            receive("0a 00");
        }
        assertThat(end.violations).isEmpty();

        receive("0a 00");

        assertThat(end.violations).singleElement().asString().contains("more than 50 frames in a row");
    }

    @Test
    void aCloseOrResetMayCarryDataThatIsNobodys() {
        receive("00 00", "04 02 6162", "08 00", "0e 02 6162");

        assertThat(end.received(end.opened.getFirst())).isEmpty();
        assertThat(end.events(end.opened.getFirst())).containsExactly("remoteClosed");
        assertThat(end.events(end.opened.getLast())).containsExactly("reset");
        assertThat(end.violations).isEmpty();
    }

    @Test
    void dataAfterACloseCostsTheStream() {
        receive("00 00", "04 00", "02 01 61");

        assertThat(end.events(end.lastOpened())).containsExactly("remoteClosed", "reset");
        assertSent("05 00");
        assertThat(end.violations).isEmpty();
    }

    @Test
    void aFrameOfTheLargestLengthIsRead() {
        receive("00 00", "02 808040");
        end.muxer().received(Unpooled.wrappedBuffer(new byte[1 << 20]));

        receive("04 00");

        assertThat(end.received(end.lastOpened())).hasSize(1 << 20);
        assertThat(end.events(end.lastOpened())).containsExactly("remoteClosed");
    }

    @ParameterizedTest
    @CsvSource({
            "00 00 02 818040,                        an mplex frame has 1048577 bytes",
            "07 00,                                  unknown flag 7",
            "00 8108,                                the name of an mplex stream has 1025 bytes",
            "00 00 00 00,                            the remote opened stream 0 twice",
            "80 00,                                  an mplex varint is longer than needed",
            "80 80 80 80 80 80 80 80 80 01,          an mplex varint has more than 9 bytes",
            "02 ffffffffffffffff7f,                  an mplex frame has 9223372036854775807 bytes"})
    void whatBreaksTheRulesEndsTheConnection(String frames, String rule) {
        receive(frames);

        assertThat(end.violations).singleElement().asString().contains(rule);
        assertThat(end.muxer().streamCount()).isZero();
    }

    @Test
    void aFrameThatIsTooLongMeetsABound() {
        receive("00 00 02 818040");

        assertThat(end.limits).containsExactly(LimitName.FRAME_LENGTH);
    }

    @Test
    void nothingThatFollowsAViolationIsRead() {
        receive("07 00 00 00");
        receive("00 00");

        assertThat(end.opened).isEmpty();
        assertThat(end.violations).hasSize(1);
    }

    private void receive(String... frames) {
        for (var frame : frames) {
            end.muxer().received(Unpooled.wrappedBuffer(bytes(frame)));
        }
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
