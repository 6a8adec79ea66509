package dev.peerscope.node;

import java.util.Locale;

/** How far a download has come. */
public enum DownloadState {
    /** Blocks, or the manifest that names them, are missing still. */
    RUNNING,
    /** All its blocks are held. */
    DONE,
    /** A block was given up, or the manifest could not be used. */
    FAILED,
    /** Someone ended it. */
    CANCELLED;

    /** The word used by the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
