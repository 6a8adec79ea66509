package dev.peerscope.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests whose other side is a js-libp2p peer. They are skipped, saying so, on a machine without Node.js; with
 * {@code CI=true} in the environment or {@code -Dpeerscope.requireNode=true} they run and fail instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NodePresence.class)
@interface RequiresNode {}
