package dev.peerscope.journal;

/** The archive could not be read or written: the disk is full, fails, or holds something else than it should. */
public final class ArchiveFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ArchiveFailed(String message) {
        super(message);
    }

    public ArchiveFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
