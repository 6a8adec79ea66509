package dev.peerscope.node;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A CID, a number of blocks or ranges that can be read, but cannot be watched or fetched; the message says why. */
public final class UnusableContent extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(UnusableContent.class);

    UnusableContent(String sentence) {
        super(sentence);
    }

    /** For who waits for the content, why it is not watched or fetched. A defect of ours is logged, and said to be one. */
    static String sentence(WantedContent content, @Nullable Throwable failure) {
        if (failure instanceof UnusableContent || failure instanceof LimitMetException) {
            return String.valueOf(failure.getMessage());
        }
        LOG.error("wanted content failed unexpectedly: content={}", content, failure);
        return "it failed unexpectedly; the log of the service has the details";
    }
}
