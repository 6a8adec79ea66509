package dev.peerscope.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/**
 * Answers that were made since the node's state changed last, to be given again until it changes.
 *
 * <p>
 * All of them are of one revision: with the first answer of the next one, those of the last are forgotten, and when they take too
 * much room, all are. Safe for use by any thread.
 */
@Component
final class RecentAnswers {

    static final int BYTES_MAX = 16 << 20;
    /** One answer must not drive out all others. */
    private static final int ANSWER_BYTES_MAX = BYTES_MAX / 16;
    /** What one takes beside its body and the request's text: tag, objects and its place in the map. */
    static final int ANSWER_OVERHEAD_BYTES = 256;

    private final LimitRegister tally;
    private volatile Kept kept = new Kept(-1);

    RecentAnswers(LimitRegister tally) {
        this.tally = tally;
        tally.register(LimitName.RECENT_ANSWERS, BYTES_MAX, this::bytes);
    }

    /** The answer to a request at this revision, if it was made already. */
    Optional<Answer> find(String request, long revision) {
        var present = kept;
        return present.revision == revision ? Optional.ofNullable(present.answers.get(request)) : Optional.empty();
    }

    /** Remembers an answer that was made at this revision or, where it changed meanwhile, at a later one. */
    synchronized void keep(String request, long revision, Answer answer) {
        int bytes = answer.body().length + request.length() + ANSWER_OVERHEAD_BYTES;
        if (revision < kept.revision || bytes > ANSWER_BYTES_MAX) {
            return;
        }
        if (revision > kept.revision) {
            kept = new Kept(revision);
        } else if (kept.bytes + bytes > BYTES_MAX) {
            tally.met(LimitName.RECENT_ANSWERS, kept.answers.size());
            kept = new Kept(revision);
        }
        if (kept.answers.putIfAbsent(request, answer) == null) {
            kept.bytes += bytes;
        }
    }

    /** Bytes that they take. */
    synchronized long bytes() {
        return kept.bytes;
    }

    private static final class Kept {

        final long revision;
        final Map<String, Answer> answers = new ConcurrentHashMap<>();
        /** Guarded by the whole. */
        long bytes;

        Kept(long revision) {
            this.revision = revision;
        }
    }
}
