package dev.peerscope.transport.identity;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** A key file that cannot be used; the message names the file and says what to do. */
public final class IdentityKeyUnusable extends RuntimeException {

    IdentityKeyUnusable(Path file, String reason, @Nullable Throwable cause) {
        super("identity key " + file + ": " + reason, cause);
    }
}
