package dev.peerscope.wire.codex;

import static dev.peerscope.wire.ProtobufWriter.bytesFieldLength;
import static dev.peerscope.wire.ProtobufWriter.varintFieldLength;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import dev.peerscope.message.Account;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.Payment;
import dev.peerscope.wire.MessageEncoder;
import dev.peerscope.wire.ProtobufWriter;
import dev.peerscope.wire.UnsendableMessage;
import dev.peerscope.wire.codex.CodexFields.Message;

/** Writes a message to the bytes that a Codex node writes for it: first it is measured, then written once. */
final class CodexEncoder implements MessageEncoder {

    /** The longest message that a Codex node reads. */
    static final int MESSAGE_LENGTH_MAX = 100 << 20;

    private static final byte[] NOTHING = {};

    @Override
    public ByteBuf encode(ExchangeMessage message, ByteBufAllocator allocator) {
        long wantListLength = measured(() -> WantListWriter.length(message.wantList()));
        List<DeliveryWriter> deliveries = message.deliveries().stream().map(DeliveryWriter::new).toList();
        byte[] account = message.account().map(Account::toBytes).orElse(NOTHING);
        byte[] payment = utf8(message.payment());

        long length = 1 + ProtobufWriter.varintLength(wantListLength) + wantListLength
                + deliveries.stream().mapToLong(DeliveryWriter::fieldLength).sum()
                + measured(() -> presencesLength(message.presences()))
                + varintFieldLength(Message.PENDING_BYTES, message.pendingBytes())
                + bytesFieldLength(Message.ACCOUNT, bytesFieldLength(CodexFields.Account.ADDRESS, account.length))
                + bytesFieldLength(Message.PAYMENT, bytesFieldLength(CodexFields.Payment.UPDATE, payment.length));
        ByteBuf frame = newFrame(length, allocator);
        ProtobufWriter out = writerTo(frame);

        out.varint(length);
        WantListWriter.write(out, message.wantList(), wantListLength);
        deliveries.forEach(delivery -> delivery.write(out));
        message.presences().forEach(presence -> PresenceWriter.write(out, presence));
        out.varintField(Message.PENDING_BYTES, message.pendingBytes());
        writeWrapped(out, Message.ACCOUNT, CodexFields.Account.ADDRESS, account);
        writeWrapped(out, Message.PAYMENT, CodexFields.Payment.UPDATE, payment);
        return frame;
    }

    private static long presencesLength(List<BlockPresence> presences) {
        return presences.stream().mapToLong(PresenceWriter::length).reduce(0, Math::addExact);
    }

    private static long measured(LongSupplier length) {
        try {
            return length.getAsLong();
        } catch (ArithmeticException _) {
            throw new UnsendableMessage("more blocks are asked about or spoken of than any message holds");
        }
    }

    private static byte[] utf8(Optional<Payment> payment) {
        return payment.map(present -> present.update().getBytes(StandardCharsets.UTF_8)).orElse(NOTHING);
    }

    /** A buffer that the frame fills exactly; on the heap, because the Noise cipher reads it from an array. */
    private static ByteBuf newFrame(long length, ByteBufAllocator allocator) {
        if (length > MESSAGE_LENGTH_MAX) {
            throw new UnsendableMessage(
                    "a message of " + length + " bytes, a Codex node reads at most " + MESSAGE_LENGTH_MAX);
        }
        int size = ProtobufWriter.varintLength(length) + (int) length;
        return allocator.heapBuffer(size, size).writerIndex(size);
    }

    private static ProtobufWriter writerTo(ByteBuf frame) {
        return new ProtobufWriter(ByteBuffer.wrap(frame.array(), frame.arrayOffset(), frame.writerIndex()));
    }

    /** A message of one field of bytes, written even if there are none. */
    private static void writeWrapped(ProtobufWriter out, int field, int innerField, byte[] bytes) {
        out.messageField(field, bytesFieldLength(innerField, bytes.length));
        out.bytesField(innerField, bytes);
    }
}
