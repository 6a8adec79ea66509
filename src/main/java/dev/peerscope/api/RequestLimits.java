package dev.peerscope.api;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Semaphore;

import org.springframework.stereotype.Component;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/** The bounds on requests; a problem that names one of them is counted where it is written. */
@Component
final class RequestLimits {

    static final int BODY_BYTES_MAX = 1 << 20;
    static final int CIDS_MAX = 10_000;
    /** 64 Mi blocks, four terabytes of 64 KiB each. */
    static final int BITFIELD_BYTES_MAX = 8 << 20;
    /** Each of them asks the engine some times a second. */
    static final int PROGRESS_READERS_MAX = 100;

    private static final Set<LimitName> OURS = EnumSet.of(LimitName.REQUEST_BODY, LimitName.REQUEST_CIDS,
            LimitName.BITFIELD, LimitName.PROGRESS_READERS);

    private final LimitRegister tally;
    private final Semaphore progressReaders = new Semaphore(PROGRESS_READERS_MAX);

    RequestLimits(LimitRegister tally) {
        this.tally = tally;
        tally.register(LimitName.REQUEST_BODY, BODY_BYTES_MAX);
        tally.register(LimitName.REQUEST_CIDS, CIDS_MAX);
        tally.register(LimitName.BITFIELD, BITFIELD_BYTES_MAX);
        tally.register(LimitName.PROGRESS_READERS, PROGRESS_READERS_MAX,
                () -> PROGRESS_READERS_MAX - progressReaders.availablePermits());
    }

    /** Room for those who follow downloads. */
    Semaphore progressReaders() {
        return progressReaders;
    }

    /** Counts the bound that a problem names, if it is one of these; the others are counted by who enforces them. */
    void count(Problem problem) {
        OURS.stream().filter(limit -> limit.text().equals(problem.limit())).forEach(limit -> tally.met(limit, 1));
    }
}
