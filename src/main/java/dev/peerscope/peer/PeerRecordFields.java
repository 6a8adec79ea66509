package dev.peerscope.peer;

import java.util.ArrayList;
import java.util.List;

/** A peer record's content: {@code 1 peer id, 2 sequence, 3 addresses* {1 multiaddr}}. */
record PeerRecordFields(PeerId peer, long sequence, List<Multiaddr> addresses) {

    private static final int PEER = 1;
    private static final int SEQUENCE = 2;
    private static final int ADDRESS = 3;
    private static final int MULTIADDR = 1;
    private static final int ADDRESSES_MAX = 64;

    PeerRecordFields {
        addresses = List.copyOf(addresses);
    }

    static PeerRecordFields decode(byte[] record) {
        byte[] peer = {};
        long sequence = 0;
        var addresses = new ArrayList<Multiaddr>();
        var fields = new ProtobufFields(record);
        while (fields.next()) {
            switch (fields.number()) {
                case PEER -> peer = fields.bytes();
                case SEQUENCE -> sequence = fields.varint();
                case ADDRESS -> addAddress(fields.bytes(), addresses);
                default -> fields.skip();
            }
        }
        return new PeerRecordFields(PeerId.decode(peer), sequence, addresses);
    }

    byte[] encode() {
        var writer = new ByteWriter().tag(PEER).counted(peer.toBytes()).varint(SEQUENCE << 3).varint(sequence);
        for (var address : addresses) {
            writer.tag(ADDRESS).counted(new ByteWriter().tag(MULTIADDR).counted(address.encode()).toBytes());
        }
        return writer.toBytes();
    }

    private static void addAddress(byte[] addressInfo, List<Multiaddr> addresses) {
        if (addresses.size() == ADDRESSES_MAX) {
            throw new IllegalArgumentException("the record has more than " + ADDRESSES_MAX + " addresses");
        }
        var fields = new ProtobufFields(addressInfo);
        while (fields.next()) {
            if (fields.number() != MULTIADDR) {
                fields.skip();
                continue;
            }
            byte[] address = fields.bytes();
            try {
                addresses.add(Multiaddr.decode(address));
            } catch (InvalidMultiaddr e) {
                // Peers list transports of every kind; one that is not known here is of no use to us.
                continue;
            }
        }
    }
}
