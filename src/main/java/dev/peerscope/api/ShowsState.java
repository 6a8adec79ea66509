package dev.peerscope.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the operation answers follows from its path, its query, its {@code Accept} and what the revisions of
 * {@link dev.peerscope.node.ExchangeNode#revision() the node} and {@link dev.peerscope.journal.ChangeJournal#revision() the journal}
 * count, and from nothing else: no clock, no queue. So while these stand, an answer is given again as it was.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ShowsState {

    /** Name of a parameter with which the answer comes from elsewhere, and is made each time. */
    String unless() default "";
}
