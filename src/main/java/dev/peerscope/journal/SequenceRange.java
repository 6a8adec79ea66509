package dev.peerscope.journal;

/** Numbers of entries from {@code from} to {@code to}, both included. */
public record SequenceRange(long from, long to) {

    public SequenceRange {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException(from + "-" + to + " is no range of sequence numbers");
        }
    }
}
