package dev.peerscope.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Who may change something.
 *
 * @param token what a command must bring; empty asks for none where only this machine can reach us
 * @param loopbackOnly only this machine can reach us
 */
public record OperatorToken(Optional<String> token, boolean loopbackOnly) {

    /** Whether commands are possible at all. */
    boolean allowsCommands() {
        return token.isPresent() || loopbackOnly;
    }

    /** Whether this is the token; takes as long for a nearly right one as for any other. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(token.orElse("").getBytes(StandardCharsets.UTF_8),
                candidate.getBytes(StandardCharsets.UTF_8));
    }
}
