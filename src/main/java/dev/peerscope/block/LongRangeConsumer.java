package dev.peerscope.block;

/** Takes one inclusive range after the other. */
@FunctionalInterface
public interface LongRangeConsumer {

    /** One range, {@code first <= last}. */
    void accept(long first, long last);
}
