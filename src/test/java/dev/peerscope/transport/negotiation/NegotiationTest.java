package dev.peerscope.transport.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {

    private static final String HEADER_AND_NOISE = "\u0013/multistream/1.0.0\n\u0007/noise\n";
    private static final int LINE_MAX = 1024;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final ByteBuf in = allocator.heapBuffer();
    private final ByteBuf out = allocator.heapBuffer();

    @AfterEach
    void everyBufferComesBack() {
        in.release();
        out.release();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void theDiallerSaysHeaderAndProposalInOneBreath() {
        new DiallerNegotiation(List.of("/noise", "/tls"), LINE_MAX).open(out);

        assertThat(said()).isEqualTo(HEADER_AND_NOISE);
    }

    @Test
    void theListenerAnswersWithTheSameLines() throws Exception {
        var listener = new ListenerNegotiation(Set.of("/noise"), LINE_MAX);
        listener.open(out);
        assertThat(said()).isEmpty();

        assertThat(listener.received(heard(HEADER_AND_NOISE), out)).isEqualTo(new Outcome.Agreed("/noise"));

        assertThat(said()).isEqualTo(HEADER_AND_NOISE);
    }

    @Test
    void whatALazySenderPutBehindItsProposalIsLeft() throws Exception {
        var listener = new ListenerNegotiation(Set.of("/noise"), LINE_MAX);

        listener.received(heard(HEADER_AND_NOISE + "first data"), out);

        assertThat(in.toString(StandardCharsets.UTF_8)).isEqualTo("first data");
    }

    @Test
    void theNextProtocolIsProposedAfterARefusal() throws Exception {
        var dialler = new DiallerNegotiation(List.of("/yamux/1.0.0", "/mplex/6.7.0"), LINE_MAX);

        var first = dialler.received(heard("\u0013/multistream/1.0.0\n\u0003na\n"), out);

        assertThat(first).isEqualTo(new Outcome.Pending());
        assertThat(said()).isEqualTo("\r/mplex/6.7.0\n");
        assertThat(dialler.received(heard("\r/mplex/6.7.0\n"), out)).isEqualTo(new Outcome.Agreed("/mplex/6.7.0"));
    }

    @Test
    void whenNothingIsLeftToProposeTheDiallerIsRefused() throws Exception {
        var dialler = new DiallerNegotiation(List.of("/noise"), LINE_MAX);

        assertThat(dialler.received(heard("\u0013/multistream/1.0.0\n\u0003na\n"), out))
                .isEqualTo(new Outcome.Refused());
    }

    @Test
    void theListenerTurnsDownWhatItDoesNotSpeakAndListsWhatItDoes() throws Exception {
        var listener = new ListenerNegotiation(Set.of("/b", "/a"), LINE_MAX);

        var outcome = listener.received(heard("\u0013/multistream/1.0.0\n\u0003/x\n\u0003ls\n\u0003/a\n"), out);

        assertThat(outcome).isEqualTo(new Outcome.Agreed("/a"));
        assertThat(said()).isEqualTo("\u0013/multistream/1.0.0\n\u0003na\n\u0009\u0003/a\n\u0003/b\n\n\u0003/a\n");
    }

    @Test
    void aListenerDoesNotListenForEver() throws Exception {
        var listener = new ListenerNegotiation(Set.of("/a"), LINE_MAX);
        listener.received(heard("\u0013/multistream/1.0.0\n" + "\u0003/x\n".repeat(63)), out);

        assertThatThrownBy(() -> listener.received(heard("\u0003/x\n"), out)).isInstanceOf(NegotiationViolation.class)
                .hasMessageContaining("64 proposals");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "2, 5", "3, 5", "4, 5", "5, 5", "6, 5", "7, 40"})
    void linesAreUnderstoodInAnyCut(long seed, int cutMax) throws Exception {
        var random = new Random(seed);
        var dialler = new Side(new DiallerNegotiation(List.of("/x", "/y", "/noise"), LINE_MAX));
        var listener = new Side(new ListenerNegotiation(Set.of("/noise"), LINE_MAX));
        for (int steps = 0; steps < 1000; steps++) {
            listener.hearSomeOf(dialler, 1 + random.nextInt(cutMax));
            dialler.hearSomeOf(listener, 1 + random.nextInt(cutMax));
        }
        assertThat(List.of(dialler.outcome, listener.outcome)).as("seed %s", seed)
                .containsOnly(new Outcome.Agreed("/noise"));
        dialler.release();
        listener.release();
    }

    @ParameterizedTest
    @CsvSource({"010a, is not /multistream", "132f6d756c746973747265616d2f322e302e300a, is not /multistream",
            "00, empty", "03616263, newline", "474554202f20485454502f312e310d0a, longer than"})
    void anythingElseThanAHeaderIsAViolation(String hex, String rule) {
        var listener = new ListenerNegotiation(Set.of("/a"), 64);
        in.writeBytes(HexFormat.of().parseHex(hex));

        assertThatThrownBy(() -> listener.received(in, out)).isInstanceOf(NegotiationViolation.class)
                .hasMessageContaining(rule);
    }

    @Test
    void aLineThatIsTooLongIsRefusedByItsLengthAlone() {
        var dialler = new DiallerNegotiation(List.of("/a"), LINE_MAX);
        heard("\u0013/multistream/1.0.0\n").writeByte(0x81).writeByte(0x08);

        assertThatThrownBy(() -> dialler.received(in, out)).hasMessageContaining("longer than 1024");
    }

    @Test
    void aLengthThatNeverEndsIsRefused() {
        var dialler = new DiallerNegotiation(List.of("/a"), LINE_MAX);
        heard("\u0013/multistream/1.0.0\n").writeInt(0x80808080);

        assertThatThrownBy(() -> dialler.received(in, out)).isInstanceOf(NegotiationViolation.class);
    }

    @Test
    void anAnswerThatIsNeitherTheProposalNorNaIsAViolation() {
        var dialler = new DiallerNegotiation(List.of("/a"), LINE_MAX);

        assertThatThrownBy(() -> dialler.received(heard("\u0013/multistream/1.0.0\n\u0003/b\n"), out))
                .isInstanceOf(NegotiationViolation.class).hasMessageContaining("neither");
    }

    /** One side with what it has heard and not read, and what it has said and nobody has heard. */
    private final class Side {

        private final Negotiation negotiation;
        private final ByteBuf inbox = allocator.heapBuffer();
        private final ByteBuf outbox = allocator.heapBuffer();
        private Outcome outcome = new Outcome.Pending();

        private Side(Negotiation negotiation) {
            this.negotiation = negotiation;
            negotiation.open(outbox);
        }

        private void hearSomeOf(Side other, int cut) throws Exception {
            inbox.writeBytes(other.outbox, Math.min(other.outbox.readableBytes(), cut));
            if (outcome instanceof Outcome.Pending) {
                outcome = negotiation.received(inbox, outbox);
            }
        }

        private void release() {
            inbox.release();
            outbox.release();
        }
    }

    private ByteBuf heard(String text) {
        return in.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String said() {
        var text = out.toString(StandardCharsets.ISO_8859_1);
        out.clear();
        return text;
    }
}
