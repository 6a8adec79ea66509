package dev.peerscope.node;

/**
 * Bounds of the node's queues and lists.
 *
 * @param inboxMessages
 *            messages that wait for the engine; above it the connections that bring more are not read
 * @param inboxBytes
 *            what they weigh, in bytes; above it likewise
 * @param connectionMessages
 *            of these those of one connection, so that one that talks much does not silence the others
 * @param questions
 *            questions of readers that wait for the engine; a further one fails with {@link NodeBusy}
 * @param verificationQueue
 *            delivered blocks that wait for verification; above it no message is taken from the inbox
 * @param peerOutboundBytes
 *            memory that messages to one peer take until they are written, in bytes; above it the engine produces nothing for this peer
 * @param peerIncomingStreams
 *            streams of the exchange that one peer may have opened; a further one is reset
 * @param endedDownloads
 *            downloads remembered after their end; the oldest are forgotten
 * @param departedPeers
 *            peers remembered after their leave; see {@link DepartedPeers}
 * @param refusedConnections
 *            connections remembered that ended before join, whatever the reason; see {@link RefusedConnections}
 * @param storageThreads
 *            threads that verify, read and write blocks
 */
public record NodeLimits(int inboxMessages, long inboxBytes, int connectionMessages, int questions,
        int verificationQueue, long peerOutboundBytes, int peerIncomingStreams, int endedDownloads, int departedPeers,
        int refusedConnections, int storageThreads) {

    /**
     * As many incoming streams as a Codex node allows; to a peer a message of twenty blocks of 64 KiB and all others that may wait beside
     * it; the rest for a small machine.
     */
    public static final NodeLimits DEFAULT = new NodeLimits(4_096, 64L << 20, 256, 1_024, 512, 2L << 20, 100, 100,
            1_000, 100, 2);

    public NodeLimits {
        requirePositive(inboxMessages, "inboxMessages");
        requirePositive(inboxBytes, "inboxBytes");
        requirePositive(connectionMessages, "connectionMessages");
        requirePositive(questions, "questions");
        requirePositive(verificationQueue, "verificationQueue");
        requirePositive(peerOutboundBytes, "peerOutboundBytes");
        requirePositive(peerIncomingStreams, "peerIncomingStreams");
        requirePositive(endedDownloads, "endedDownloads");
        requirePositive(departedPeers, "departedPeers");
        requirePositive(refusedConnections, "refusedConnections");
        requirePositive(storageThreads, "storageThreads");
    }

    public NodeLimits withStorageThreads(int threads) {
        return new NodeLimits(inboxMessages, inboxBytes, connectionMessages, questions, verificationQueue,
                peerOutboundBytes, peerIncomingStreams, endedDownloads, departedPeers, refusedConnections, threads);
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
