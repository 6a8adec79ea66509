package dev.peerscope.journal.sqlite;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;

import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.journal.PeerPresence;
import dev.peerscope.journal.PeerPresence.Told;

/**
 * What is known of a peer's blocks, as bytes: any number of sets, each a CID (length, bytes), what was told of it (0 for denied,
 * else one more than the length of the price, then the price, big-endian) and the number of its ranges with the ranges; 0 ranges
 * stand for the one block of that CID.
 */
final class PresenceBlob {

    private PresenceBlob() {}

    static byte[] encode(PeerPresence presence) {
        var bytes = new ByteArrayOutputStream();
        presence.trees().forEach((tree, told) -> told.forEach((what, ranges) -> {
            writeHead(tree, what, ranges.rangeCount(), bytes);
            RangesBlob.write(ranges, bytes);
        }));
        presence.singles().forEach((cid, what) -> writeHead(cid, what, 0, bytes));
        return bytes.toByteArray();
    }

    private static void writeHead(Cid cid, Told what, int ranges, ByteArrayOutputStream to) {
        writeCounted(cid.toBytes(), 0, to);
        if (what.price().isPresent()) {
            writeCounted(what.price().get().value().toByteArray(), 1, to);
        } else {
            RangesBlob.writeVarint(0, to);
        }
        RangesBlob.writeVarint(ranges, to);
    }

    private static void writeCounted(byte[] bytes, int more, ByteArrayOutputStream to) {
        RangesBlob.writeVarint(bytes.length + more, to);
        to.writeBytes(bytes);
    }

    static PeerPresence decode(byte[] bytes) {
        var presence = new PeerPresence();
        var from = ByteBuffer.wrap(bytes);
        while (from.hasRemaining()) {
            var cid = Cid.decode(readBytes(from, (int) RangesBlob.readVarint(from)));
            var told = readTold(from);
            int ranges = (int) RangesBlob.readVarint(from);
            presence.tell(ranges == 0 ? new BlockSet.Single(cid)
                    : new BlockSet.Leaves(cid, RangesBlob.read(from, ranges)), told);
        }
        return presence;
    }

    private static Told readTold(ByteBuffer from) {
        int length = (int) RangesBlob.readVarint(from);
        return length == 0 ? Told.DENIED
                : new Told(Optional.of(Price.of(new BigInteger(readBytes(from, length - 1)))));
    }

    private static byte[] readBytes(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
