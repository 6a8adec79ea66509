package dev.peerscope.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

import dev.peerscope.attack.SocketPeer.Talk;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** What a peer does that means no good. */
enum Conduct {
    /** Joins and never takes a byte from its socket. */
    NEVER_READS,
    /** Joins and takes a byte a second. */
    READS_A_BYTE_A_SECOND,
    /** Reads, and says of each 1,024 blocks that it has them at 64 prices in turn. */
    MANY_PRICES,
    /** Claims all that is wanted and delivers one valid block each {@link Means#pace}. */
    DRIPS,
    /** Claims all that is wanted and delivers nothing. */
    SILENT,
    /** Claims all that is wanted and delivers what does not verify. */
    LIES,
    /** As {@link #LIES}, and claims each block once only. */
    LIES_ONCE,
    /** Joins, reads, answers pings and nothing else. */
    DOES_NOTHING,
    /** Has every other block, now these and now those. */
    CHURNS,
    /** Opens as many streams of the exchange as it may and begins a large message on each. */
    BEGINS_MESSAGES,
    /** Connects and never begins a handshake. */
    NEVER_SHAKES_HANDS;

    /** As little as the system lets us, so that what we do not read soon waits at the other side. */
    private static final int SMALL_BUFFER = 4 * 1024;
    private static final int STREAMS = 100;
    private static final int BEGUN_MESSAGE = 8 << 20;
    private static final int BEGUN_PART = 64 << 10;
    private static final int BEGUN_PARTS = 16;

    /**
     * What the peers of a crowd have.
     *
     * @param datasets
     *            what they can deliver
     * @param paceMillis
     *            of those who deliver slowly
     */
    record Means(List<TestDataset> datasets, long paceMillis) {

        static final Means NONE = new Means(List.of(), 0);
    }

    /**
     * Is such a peer once: joins with a new identity, behaves, and leaves when so much time is over or the service closes the connection.
     *
     * @param joined
     *            told its peer id
     */
    void behave(InetSocketAddress service, InetAddress from, Means means, long millis, Consumer<String> joined)
            throws IOException, InterruptedException {
        if (this == NEVER_SHAKES_HANDS) {
            try (var socket = RawConnection.connect(service, from, 0)) {
                joined.accept("");
                socket.setSoTimeout((int) millis);
                socket.getInputStream().read();
            }
            return;
        }
        boolean small = this == NEVER_READS || this == READS_A_BYTE_A_SECOND;
        var identity = IdentityKey.generate(KeyType.ED25519);
        try (var connection = RawConnection.dial(service, from, identity, small ? SMALL_BUFFER : 0)) {
            joined.accept(connection.peerId());
            switch (this) {
                case NEVER_READS -> Thread.sleep(millis);
                case READS_A_BYTE_A_SECOND -> readSlowly(connection, millis);
                case BEGINS_MESSAGES -> {
                    begin(connection);
                    talk(connection, Talks.nothing(), millis);
                }
                case MANY_PRICES -> talk(connection, Talks.atManyPrices(), millis);
                case DRIPS -> talk(connection, Talks.drips(means.datasets, means.paceMillis), millis);
                case SILENT -> talk(connection, Talks.claims(), millis);
                case LIES -> talk(connection, Talks.lies(means.datasets, true), millis);
                case LIES_ONCE -> talk(connection, Talks.lies(means.datasets, false), millis);
                case DOES_NOTHING -> talk(connection, Talks.nothing(), millis);
                case CHURNS -> talk(connection, Talks.churns(), millis);
                case NEVER_SHAKES_HANDS -> throw new AssertionError(this);
            }
        }
    }

    private static void talk(RawConnection connection, Talk talk, long millis) throws InterruptedException {
        try (var peer = new SocketPeer(connection, talk)) {
            peer.awaitEnd(millis);
        }
    }

    private static void readSlowly(RawConnection connection, long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end && connection.takeRawByte() >= 0) {
            Thread.sleep(1_000);
        }
    }

    /** Of each message its length and a megabyte of the eight that it says. */
    private static void begin(RawConnection connection) throws IOException {
        for (int stream = 1; stream <= STREAMS; stream++) {
            connection.write(stream, RawConnection.NEW_STREAM, new byte[]{'0'});
            connection.write(stream, RawConnection.MESSAGE_INITIATOR,
                    RawConnection.lines("/multistream/1.0.0", SocketPeer.PROTOCOL));
            var length = new ByteArrayOutputStream();
            RawConnection.writeVarint(length, BEGUN_MESSAGE);
            connection.write(stream, RawConnection.MESSAGE_INITIATOR, length.toByteArray());
        }
        for (int part = 0; part < BEGUN_PARTS; part++) {
            for (int stream = 1; stream <= STREAMS; stream++) {
                connection.write(stream, RawConnection.MESSAGE_INITIATOR, new byte[BEGUN_PART]);
            }
        }
    }
}
