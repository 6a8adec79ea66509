package dev.peerscope.wire.codex;

import java.util.Arrays;
import java.util.List;

import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.PresenceType;
import dev.peerscope.message.RejectedRecord.Part;
import dev.peerscope.message.RejectedRecord.Reason;
import dev.peerscope.wire.InternTable;
import dev.peerscope.wire.ProtobufReader;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;
import dev.peerscope.wire.Slice;

/** Reads the presence records of a message and joins them to runs. */
final class PresenceReader {

    /** Prices that are told apart without reading them again; a peer has one or two. */
    private static final int PRICES = 8;

    private static final int ADDRESS = CodexFields.Presence.ADDRESS << 3 | 2;
    private static final int TYPE = CodexFields.Presence.TYPE << 3;
    private static final int PRICE = CodexFields.Presence.PRICE << 3 | 2;

    private final ProtobufReader in;
    private final AddressReader address;
    private final Rejections rejections;
    private final int presencesMax;
    private final InternTable<Price> prices = new InternTable<>(PRICES, PresenceReader::parsePrice);
    private final PresenceRuns runs = new PresenceRuns();
    private final LeafPattern pattern = new LeafPattern();
    private int records;

    PresenceReader(ProtobufReader in, AddressReader address, Rejections rejections, int presencesMax) {
        this.in = in;
        this.address = address;
        this.rejections = rejections;
        this.presencesMax = presencesMax;
    }

    private static Price parsePrice(byte[] bytes, int offset, int length) {
        return Price.ofBytes(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Starts a message. */
    void begin() {
        records = 0;
        pattern.forget();
    }

    /** Reads the record in the slice. May leave the reader inside of it. */
    void read(long slice) {
        records++;
        if (records > presencesMax) {
            throw new ProtocolViolation(Rule.TOO_MANY_PRESENCES,
                    "a message with more than " + presencesMax + " presences");
        }
        if (!pattern.extendRun(in.array(), slice, runs)) {
            readFields(slice);
        }
    }

    private void readFields(long slice) {
        long addressBytes = Slice.ABSENT;
        long priceBytes = Slice.ABSENT;
        long type = CodexFields.Values.HAVE;
        int unknownFields = in.unknownFields();
        in.enter(slice);
        while (in.next()) {
            switch (in.tag()) {
                case ADDRESS -> addressBytes = in.slice();
                case TYPE -> type = in.varint();
                case PRICE -> priceBytes = in.slice();
                default -> in.skipUnknown();
            }
        }
        boolean added = add(addressBytes, presenceType(type), priceBytes);
        if (added && address.isLeaf() && unknownFields == in.unknownFields()) {
            pattern.learn(slice, addressBytes, address.indexBytes(), runs);
        }
    }

    private boolean add(long addressBytes, PresenceType type, long priceBytes) {
        Reason refusal = address.read(addressBytes);
        Price price = Price.ZERO;
        if (refusal == null && !Slice.isAbsent(priceBytes)) {
            if (Slice.length(priceBytes) > Price.LENGTH) {
                refusal = Reason.PRICE_TOO_LONG;
            } else {
                price = prices.get(in.array(), priceBytes);
            }
        }
        if (refusal != null) {
            rejections.add(Part.PRESENCE, refusal);
            return false;
        }
        add(type, price);
        return true;
    }

    private void add(PresenceType type, Price price) {
        // The price of what a peer has not means nothing, and must not keep runs apart.
        Price meant = type == PresenceType.HAVE ? price : Price.ZERO;
        if (address.isLeaf()) {
            runs.addLeaf(address.cid(), address.index(), type, meant);
        } else {
            runs.addSingle(address.cid(), type, meant);
        }
    }

    private static PresenceType presenceType(long number) {
        if (number == CodexFields.Values.HAVE) {
            return PresenceType.HAVE;
        }
        if (number == CodexFields.Values.DONT_HAVE) {
            return PresenceType.DONT_HAVE;
        }
        throw new ProtocolViolation(Rule.UNKNOWN_PRESENCE_TYPE,
                "a presence of type " + Long.toUnsignedString(number) + ", known are 0 (have) and 1 (don't have)");
    }

    /** The presences of the message. */
    List<BlockPresence> take() {
        return runs.take();
    }
}
