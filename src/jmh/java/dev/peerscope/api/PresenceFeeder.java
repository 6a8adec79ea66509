package dev.peerscope.api;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.benchmark.PresenceMessages;
import dev.peerscope.benchmark.PresenceMessages.Pattern;
import dev.peerscope.peer.Multiaddr;

/**
 * Peers without an engine, in a process of their own: each tells once what it has of a watched tree, and some of them go on to
 * tell that over and over, never the same twice in a row, as fast as the service reads.
 *
 * <p>Arguments: address of the service, number of peers, leaves of the tree. Lines on the standard input: {@code fill};
 * {@code go n}, after which n peers talk; {@code stop}, answered with the number of records told since.
 */
final class PresenceFeeder {

    private static final Logger LOG = LoggerFactory.getLogger(PresenceFeeder.class);
    private static final int WINDOW = 8;

    private final List<TalkingPeer> peers = new ArrayList<>();
    private final Semaphore window = new Semaphore(WINDOW);
    private final byte[][][] messages;
    private final AtomicLong told = new AtomicLong();
    private volatile boolean going;
    private final List<Thread> threads = new ArrayList<>();

    private PresenceFeeder(int leaves) {
        int batches = Math.ceilDiv(leaves, PresenceMessages.RECORDS);
        messages = new byte[2][batches][];
        for (int version = 0; version < 2; version++) {
            for (int batch = 0; batch < batches; batch++) {
                messages[version][batch] = PresenceMessages.encoded(PresenceMessages.tree(0), batch, Pattern.STRETCHES,
                        version);
            }
        }
    }

    /** It is spoken with over the standard streams. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        var feeder = new PresenceFeeder(Integer.parseInt(arguments[2]));
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            feeder.peers.add(new TalkingPeer(Multiaddr.parse(arguments[0])));
        }
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(feeder.answer(line.split(" ")));
        }
        System.exit(0);
    }

    private String answer(String[] words) throws Exception {
        switch (words[0]) {
            case "fill" -> {
                for (TalkingPeer peer : peers) {
                    for (byte[] message : messages[0]) {
                        say(peer, message);
                    }
                }
                return "filled";
            }
            case "go" -> {
                going = true;
                told.set(0);
                for (TalkingPeer peer : peers.subList(0, Integer.parseInt(words[1]))) {
                    threads.add(Thread.ofPlatform().daemon().start(() -> keepTelling(peer)));
                }
                return "going";
            }
            case "stop" -> {
                going = false;
                for (Thread thread : threads) {
                    thread.join();
                }
                threads.clear();
                return Long.toString(told.get());
            }
            default -> throw new IllegalArgumentException("unknown word " + words[0]);
        }
    }

    /** At most a few messages are on their way to the sockets, so that it is the service that sets the pace. */
    private void say(TalkingPeer peer, byte[] message) {
        window.acquireUninterruptibly();
        peer.say(message).whenComplete((_, failure) -> {
            if (failure == null) {
                window.release();
            } else {
                LOG.error("the service hung up", failure);
                Runtime.getRuntime().halt(1);
            }
        });
    }

    private void keepTelling(TalkingPeer peer) {
        for (int version = 1; going; version = 1 - version) {
            for (int batch = 0; batch < messages[version].length && going; batch++) {
                say(peer, messages[version][batch]);
                told.addAndGet(PresenceMessages.RECORDS);
            }
        }
    }
}
