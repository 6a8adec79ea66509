package dev.peerscope.transport.mux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import dev.peerscope.peer.Direction;

/** Two muxers of a kind that talk to each other; every buffer is counted back in. */
abstract class TwoMuxers {

    protected static final MuxerLimits LIMITS = new MuxerLimits(8, 8, 1 << 20, 1000, 300_000, 256 * 1024, 100_000);

    protected final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    protected final MuxerEnd alice = new MuxerEnd();
    protected final MuxerEnd bob = new MuxerEnd();

    protected abstract MuxerFactory factory();

    @BeforeEach
    void connect() {
        alice.use(factory().create(Direction.OUTBOUND, LIMITS, alice, alice));
        bob.use(factory().create(Direction.INBOUND, LIMITS, bob, bob));
    }

    @AfterEach
    void everyBufferComesBack() {
        alice.closeAndCheckBuffers();
        bob.closeAndCheckBuffers();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    protected final void deliver() {
        while (alice.hasUnsent() || bob.hasUnsent()) {
            deliver(alice, bob, Integer.MAX_VALUE);
            deliver(bob, alice, Integer.MAX_VALUE);
        }
    }

    /** Moves what one has sent to the other in pieces of this length. */
    protected final void deliver(MuxerEnd from, MuxerEnd to, int cut) {
        byte[] sent = from.takeAll();
        for (int start = 0; start < sent.length; start += Math.min(cut, sent.length)) {
            int length = Math.min(cut, sent.length - start);
            to.muxer().received(allocator.buffer(length).writeBytes(sent, start, length));
        }
    }

    protected final ByteBuf buffer(String text) {
        return buffer(text.getBytes(UTF_8));
    }

    protected final ByteBuf buffer(byte[] content) {
        return allocator.buffer(content.length).writeBytes(content);
    }

    protected static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    protected static MuxerLimits limits(int inboundStreamsMax) {
        return new MuxerLimits(inboundStreamsMax, LIMITS.outboundStreamsMax(), LIMITS.receivedFrameMax(),
                LIMITS.sentFrameMax(), LIMITS.streamOutboundMax(), LIMITS.receiveWindow(), LIMITS.idleFramesMax());
    }
}
