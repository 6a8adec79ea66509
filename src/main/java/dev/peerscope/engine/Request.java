package dev.peerscope.engine;

import java.time.Instant;

import dev.peerscope.block.BlockAddress;

/**
 * A block that one peer is to deliver.
 *
 * @param number
 *            orders the requests of one peer
 * @param queueSeconds
 *            what the requests ahead of it were to take when it was made
 * @param expectedAt
 *            when it will probably have been answered
 * @param dueAt
 *            when it is overdue
 * @param isLate
 *            it had been given up when the block came all the same, so its claim is settled already
 */
record Request(BlockAddress address, long number, Instant askedAt, double queueSeconds, Instant expectedAt,
        Instant dueAt, boolean isLate) {

    /** Nobody else could be asked: the peer gets more time. */
    Request extended(Instant due) {
        return new Request(address, number, askedAt, queueSeconds, expectedAt, due, isLate);
    }

    /** The block came after the request had been given up. */
    Request late() {
        return new Request(address, number, askedAt, queueSeconds, expectedAt, dueAt, true);
    }
}
