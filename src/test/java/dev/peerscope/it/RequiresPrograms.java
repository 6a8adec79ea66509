package dev.peerscope.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests that start programs which a developer's machine need not have. Without one of them they are skipped, saying
 * so; with {@code CI=true} in the environment, or the named system property true, they run and fail instead.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProgramsPresence.class)
public @interface RequiresPrograms {

    /** The programs, as on the path. */
    String[] value();

    /** The system property that, when true, forbids to skip. */
    String requiredBy();

    /** What was not tried where they are missing: ends the sentence "… missing, so …". */
    String otherwise();
}
