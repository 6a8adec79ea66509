package dev.peerscope.node;

import java.util.Optional;

/**
 * Finds out whether a peer reads, by looks at its queue every {@link ReadingRule#lookInterval()}.
 *
 * <p>A period begins with something in the queue. It is over, and the next begins, when the peer has taken what was in the queue at its
 * beginning, or as much as the rule wants, or when something arrived from it. A period that lasts longer than the rule allows is
 * the end of the peer. Time in which nobody looked is not held against it: it may be us who stood still. Safe for use by any
 * thread.
 */
final class ReadingWatch {

    private final ReadingRule rule;
    private boolean waits;
    private long began;
    private long lastLook;
    private Queue atBeginning = new Queue(0, 0);

    /**
     * @param length
     *            bytes that wait for the peer
     * @param taken
     *            bytes that the socket has taken since the peer joined
     */
    record Queue(long length, long taken) {}

    ReadingWatch(ReadingRule rule) {
        this.rule = rule;
    }

    /**
     * Looks at the queue.
     *
     * @param nanos
     *            the time, which never goes back
     * @param heard
     *            whether something arrived from the peer since the last look, or would not have been read
     * @return a sentence, if the peer has not read for too long
     */
    synchronized Optional<String> look(long nanos, Queue queue, boolean heard) {
        boolean stoodStill = nanos - lastLook > rule.time().toNanos() / 2;
        lastLook = nanos;
        long taken = queue.taken - atBeginning.taken;
        if (!waits || stoodStill || heard || taken >= Math.min(rule.bytes(), atBeginning.length)) {
            waits = queue.length > 0;
            began = nanos;
            atBeginning = queue;
            return Optional.empty();
        }
        if (nanos - began < rule.time().toNanos()) {
            return Optional.empty();
        }
        return Optional.of(queue.length + " bytes wait for it, of which it took " + Math.max(0, taken) + " in "
                + rule.time().toMillis() + " ms, and nothing arrived from it");
    }
}
