package dev.peerscope.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Many peers that mean no good, each on a virtual thread; they come again with new identities until the crowd is closed. */
final class Crowd implements AutoCloseable {

    /** Of one that was turned away or left. */
    private static final long PAUSE_MILLIS = 250;

    private final InetSocketAddress service;
    private final Conduct.Means means;
    private final BiConsumer<Conduct, String> joined;
    private final List<Thread> members = new ArrayList<>();
    private final AtomicInteger joins = new AtomicInteger();

    /**
     * Some that do the same.
     *
     * @param from
     *            the address they come from
     * @param lifeMillis
     *            time after which each leaves and comes again as somebody else
     */
    record Group(Conduct conduct, int count, InetAddress from, long lifeMillis) {

        /** Reads {@code CONDUCT:count:address:life}. */
        static Group parse(String text) throws IOException {
            String[] parts = text.split(":");
            return new Group(Conduct.valueOf(parts[0]), Integer.parseInt(parts[1]), InetAddress.getByName(parts[2]),
                    Long.parseLong(parts[3]));
        }

        @Override
        public String toString() {
            return conduct + ":" + count + ":" + from.getHostAddress() + ":" + lifeMillis;
        }
    }

    /**
     * Nobody has come yet.
     *
     * @param joined
     *            told who has, each time
     */
    Crowd(InetSocketAddress service, Conduct.Means means, BiConsumer<Conduct, String> joined) {
        this.service = service;
        this.means = means;
        this.joined = joined;
    }

    /** Lets them loose. */
    void add(Group group) {
        for (int i = 0; i < group.count; i++) {
            members.add(Thread.ofVirtual().start(() -> live(group)));
        }
    }

    /** How often somebody has joined. */
    int joins() {
        return joins.get();
    }

    @Override
    public void close() throws InterruptedException {
        members.forEach(Thread::interrupt);
        for (var member : members) {
            member.join();
        }
    }

    private void live(Group group) {
        try {
            while (true) {
                try {
                    group.conduct.behave(service, group.from, means, group.lifeMillis, peerId -> {
                        joins.incrementAndGet();
                        joined.accept(group.conduct, peerId);
                    });
                } catch (IOException | RuntimeException e) {
                    // Turned away, or thrown out: again.
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }
}
