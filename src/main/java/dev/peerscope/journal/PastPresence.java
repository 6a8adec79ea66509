package dev.peerscope.journal;

import java.time.Instant;

/** What a journal can say of a peer's blocks at a past time. */
public sealed interface PastPresence {

    /**
     * It was this.
     *
     * @param sequence the last entry that is in it
     */
    record Known(PeerPresence presence, long sequence) implements PastPresence {}

    /** That long ago is no longer kept, or was never; from {@code earliest} on it can be said. */
    record TooEarly(Instant earliest) implements PastPresence {}

    /** Changes before it were not recorded; {@code gap} is the last such part. */
    record Uncertain(SequenceRange gap) implements PastPresence {}
}
