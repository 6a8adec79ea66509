package dev.peerscope.attack;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.ToLongFunction;

import dev.peerscope.block.Cid;
import dev.peerscope.dataset.MerkleProof;

/** Messages of the exchange, written by hand with their length in front, so that they can be wrong. */
final class Answers {

    /** In the place of a price: the block is denied. */
    static final long DENIED = -1;

    private static final int PRICE_LENGTH = 32;

    private Answers() {}

    /** A presence for each entry, at the price that the function says or {@link #DENIED}. */
    static byte[] presences(List<Wanted> entries, ToLongFunction<Wanted> price) {
        var message = new ByteArrayOutputStream(entries.size() * 96 + 8);
        for (var entry : entries) {
            long told = price.applyAsLong(entry);
            message.write(0x22);
            RawConnection.writeVarint(message,
                    1 + varintLength(entry.length()) + entry.length() + 2 + 2 + PRICE_LENGTH);
            message.write(0x0a);
            RawConnection.writeVarint(message, entry.length());
            message.write(entry.message(), entry.offset(), entry.length());
            message.write(0x10);
            message.write(told == DENIED ? 1 : 0);
            message.write(0x1a);
            message.write(PRICE_LENGTH);
            for (int i = PRICE_LENGTH - 1; i >= 0; i--) {
                message.write(told == DENIED || i >= Long.BYTES ? 0 : (int) (told >>> i * Byte.SIZE));
            }
        }
        return framed(message);
    }

    /** One block. */
    static byte[] delivery(Wanted entry, Cid cid, byte[] data, MerkleProof proof) {
        var delivery = new ByteArrayOutputStream(data.length + 512);
        bytes(delivery, 0x0a, cid.toBytes());
        bytes(delivery, 0x12, data);
        delivery.write(0x1a);
        RawConnection.writeVarint(delivery, entry.length());
        delivery.write(entry.message(), entry.offset(), entry.length());
        bytes(delivery, 0x22, proof.encode());
        var message = new ByteArrayOutputStream(delivery.size() + 8);
        bytes(message, 0x1a, delivery.toByteArray());
        return framed(message);
    }

    private static void bytes(ByteArrayOutputStream out, int tag, byte[] bytes) {
        out.write(tag);
        RawConnection.writeVarint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] framed(ByteArrayOutputStream message) {
        var framed = new ByteArrayOutputStream(message.size() + 5);
        RawConnection.writeVarint(framed, message.size());
        framed.writeBytes(message.toByteArray());
        return framed.toByteArray();
    }

    private static int varintLength(int value) {
        return value < 0x80 ? 1 : 2;
    }
}
