package dev.peerscope.transport;

import java.util.Locale;

/**
 * Why a connection ended.
 *
 * @param detail
 *            a sentence for people: the rule that was broken, the limit that was met
 */
public record CloseReason(Kind kind, String detail) {

    /** The closed set of reasons. */
    public enum Kind {
        /** We closed it because it was no longer wanted. */
        LOCAL_CLOSE,
        /** The remote closed it in order. */
        REMOTE_CLOSE,
        /** The socket failed, or we did while it stood. */
        CONNECTION_LOST,
        /** The remote broke a rule of a protocol. */
        PROTOCOL_VIOLATION,
        /** A bound was met. */
        LIMIT_MET,
        /** The remote did not answer, or took nothing, for too long. */
        TIMEOUT,
        /** The host was closed. */
        HOST_STOPPED;

        /** Lower case with hyphens. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return kind.text() + ": " + detail;
    }
}
