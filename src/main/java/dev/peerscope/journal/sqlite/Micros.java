package dev.peerscope.journal.sqlite;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the file keeps them: microseconds since 1970. */
final class Micros {

    private Micros() {}

    /** The last one that is not after the instant; the nearest that there is, for an instant beyond all. */
    static long of(Instant instant) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant.truncatedTo(ChronoUnit.MICROS));
        } catch (ArithmeticException | DateTimeException e) {
            return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** The first one that is not before the instant. */
    static long from(Instant instant) {
        long micros = of(instant);
        boolean exact = micros == Long.MIN_VALUE || micros == Long.MAX_VALUE || !toInstant(micros).isBefore(instant);
        return exact ? micros : micros + 1;
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
