package dev.peerscope.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks tests whose other side is a js-libp2p peer. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RequiresPrograms(value = "node", requiredBy = "peerscope.requireNode", otherwise = "nothing was tried against js-libp2p peers")
@interface RequiresNode {}
