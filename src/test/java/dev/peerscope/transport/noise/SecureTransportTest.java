package dev.peerscope.transport.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import javax.crypto.AEADBadTagException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureTransportTest {

    private static final byte[] KEY = new byte[32];

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final SecureTransport alice = new SecureTransport(new CipherState(KEY), new CipherState(KEY));
    private final SecureTransport bob = new SecureTransport(new CipherState(KEY), new CipherState(KEY));

    @AfterEach
    void everyBufferComesBack() {
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 65_487, 65_488, 1_000_000})
    void bytesArriveInFramesOfALengthThatACodexNodeWrites(int length) throws Exception {
        byte[] message = random(length);

        ByteBuf wire = seal(alice, message);
        int frames = 0;
        ByteBuf arrived = allocator.heapBuffer();
        for (var frame = NoiseFrames.next(wire); frame != null; frame = NoiseFrames.next(wire)) {
            assertThat(frame.readableBytes()).isLessThanOrEqualTo(65_503);
            ByteBuf plain = bob.decrypt(frame, allocator);
            arrived.writeBytes(plain);
            plain.release();
            frames++;
        }
        assertThat(ByteBufUtil.getBytes(arrived)).isEqualTo(message);
        assertThat(frames).isEqualTo(Math.ceilDiv(length, 65_487));
        wire.release();
        arrived.release();
    }

    @Test
    void aFrameOfTheGreatestLengthIsRead() throws Exception {
        byte[] plaintext = random(65_535 - 16);
        byte[] sealed = new byte[65_535];
        new CipherState(KEY).encrypt(new byte[0], plaintext, 0, plaintext.length, sealed, 0);
        ByteBuf wire = allocator.directBuffer().writeShort(65_535).writeBytes(sealed);

        ByteBuf plain = bob.decrypt(NoiseFrames.next(wire), allocator);

        assertThat(ByteBufUtil.getBytes(plain)).isEqualTo(plaintext);
        plain.release();
        wire.release();
    }

    @Test
    void aFrameWithoutPlaintextIsReadAsNothing() throws Exception {
        byte[] sealed = new byte[16];
        new CipherState(KEY).encrypt(new byte[0], new byte[0], 0, 0, sealed, 0);
        ByteBuf wire = allocator.heapBuffer().writeBytes(sealed);

        ByteBuf plain = bob.decrypt(wire, allocator);

        assertThat(plain.isReadable()).isFalse();
        plain.release();
        wire.release();
    }

    @Test
    void noFlippedBitPasses() {
        ByteBuf wire = seal(alice, random(5));
        for (int bit = 16; bit < wire.readableBytes() * 8; bit++) {
            ByteBuf changed = wire.copy();
            changed.setByte(bit / 8, changed.getByte(bit / 8) ^ 1 << bit % 8);

            assertThatThrownBy(() -> bob.decrypt(NoiseFrames.next(changed), allocator)).as("bit %s", bit)
                    .isInstanceOf(AEADBadTagException.class);
            changed.release();
        }
        wire.release();
    }

    @Test
    void framesAreNotTakenTwiceNorOutOfOrder() throws Exception {
        ByteBuf first = seal(alice, random(10));
        ByteBuf second = seal(alice, random(10));

        assertThatThrownBy(() -> bob.decrypt(NoiseFrames.next(second.duplicate()), allocator))
                .isInstanceOf(AEADBadTagException.class);
        bob.decrypt(NoiseFrames.next(first.duplicate()), allocator).release();
        assertThatThrownBy(() -> bob.decrypt(NoiseFrames.next(first.duplicate()), allocator))
                .isInstanceOf(AEADBadTagException.class);

        first.release();
        second.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15})
    void aFrameShorterThanItsTagIsRefused(int length) {
        ByteBuf wire = allocator.heapBuffer(16).writeZero(length);

        assertThatThrownBy(() -> bob.decrypt(wire, allocator)).isInstanceOf(AEADBadTagException.class);
        wire.release();
    }

    @Test
    void aFrameIsTakenOnlyWhenItIsWhole() {
        ByteBuf wire = seal(alice, random(20));
        for (int length = 0; length < wire.readableBytes(); length++) {
            assertThat(NoiseFrames.next(wire.slice(0, length))).as("%s bytes", length).isNull();
        }
        assertThat(NoiseFrames.next(wire)).isNotNull();
        wire.release();
    }

    @Test
    void aKeyIsNotUsedForMoreMessagesThanItMay() {
        var cipher = new CipherState(KEY, 2);
        byte[] out = new byte[16];
        cipher.encrypt(new byte[0], new byte[0], 0, 0, out, 0);
        cipher.encrypt(new byte[0], new byte[0], 0, 0, out, 0);

        assertThatThrownBy(() -> cipher.encrypt(new byte[0], new byte[0], 0, 0, out, 0))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("nonces");
    }

    private ByteBuf seal(SecureTransport sender, byte[] message) {
        ByteBuf plain = allocator.buffer().writeBytes(message);
        ByteBuf wire = sender.encrypt(plain, allocator);
        plain.release();
        return wire;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
