package dev.peerscope.wire.codex;

import static dev.peerscope.wire.ProtobufWriter.bytesFieldLength;
import static dev.peerscope.wire.ProtobufWriter.varintFieldLength;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.PresenceType;
import dev.peerscope.wire.ProtobufWriter;
import dev.peerscope.wire.codex.CodexFields.Presence;

/** Writes a run of presences, one record for each block. */
final class PresenceWriter {

    private PresenceWriter() {}

    /** Bytes of all records of the run, with the tag and length before each. */
    static long length(BlockPresence presence) {
        return switch (presence.blocks()) {
            case BlockSet.Single(Cid cid) -> fieldLength(AddressWriter.standaloneLength(cid));
            case BlockSet.Leaves(Cid treeCid, BlockRanges ranges) ->
                AddressWriter.leavesLength(treeCid, ranges, PresenceWriter::fieldLength);
        };
    }

    private static int fieldLength(int addressLength) {
        return bytesFieldLength(CodexFields.Message.PRESENCE, recordLength(addressLength));
    }

    private static int recordLength(int addressLength) {
        return bytesFieldLength(Presence.ADDRESS, addressLength) + varintFieldLength(Presence.TYPE, 0)
                + bytesFieldLength(Presence.PRICE, Price.LENGTH);
    }

    static void write(ProtobufWriter out, BlockPresence presence) {
        byte[] price = presence.price().toBytes32();
        int type = number(presence.type());
        switch (presence.blocks()) {
            case BlockSet.Single(Cid cid) -> {
                out.messageField(CodexFields.Message.PRESENCE, recordLength(AddressWriter.standaloneLength(cid)));
                AddressWriter.writeStandalone(out, Presence.ADDRESS, cid);
                writeRest(out, type, price);
            }
            case BlockSet.Leaves(Cid treeCid, BlockRanges ranges) ->
                ranges.forEachRange((first, last) -> writeRange(out, treeCid, first, last, type, price));
        }
    }

    private static void writeRange(ProtobufWriter out, Cid treeCid, long first, long last, int type, byte[] price) {
        for (long n = 0; n <= last - first; n++) {
            long index = first + n;
            out.messageField(CodexFields.Message.PRESENCE, recordLength(AddressWriter.leafLength(treeCid, index)));
            AddressWriter.writeLeaf(out, Presence.ADDRESS, treeCid, index);
            writeRest(out, type, price);
        }
    }

    private static void writeRest(ProtobufWriter out, int type, byte[] price) {
        out.varintField(Presence.TYPE, type);
        out.bytesField(Presence.PRICE, price);
    }

    private static int number(PresenceType type) {
        return switch (type) {
            case HAVE -> CodexFields.Values.HAVE;
            case DONT_HAVE -> CodexFields.Values.DONT_HAVE;
        };
    }
}
