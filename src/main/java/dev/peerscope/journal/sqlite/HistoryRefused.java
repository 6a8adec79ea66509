package dev.peerscope.journal.sqlite;

/** The file with the history is not one that this process can go on with; the message says what to do. */
public final class HistoryRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HistoryRefused(String message) {
        super(message);
    }

    HistoryRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
