package dev.peerscope.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the engine may not touch, so that the same inputs always give the same outputs (ADR 0003). */
@AnalyzeClasses(packages = "dev.peerscope.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class SansIoEngineTest {

    private static final DescribedPredicate<JavaConstructorCall> CREATES_A_RANDOM_SOURCE = DescribedPredicate
            .describe("creates a random source", call -> call.getTargetOwner().isAssignableTo(RandomGenerator.class));

    @ArchTest
    static final ArchRule itTouchesNeitherFilesNorSocketsNorThreads = noClasses()
            .should().dependOnClassesThat(resideInAnyPackage("java.io..", "java.net..", "java.nio.file..",
                    "java.nio.channels..", "java.util.concurrent..")
                    .and(resideOutsideOfPackage("java.util.concurrent.atomic.."))
                    .or(assignableTo(Thread.class)).or(assignableTo(ThreadLocal.class)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule itLocksNothingBecauseOneThreadOwnsIt = noMethods()
            .should().haveModifier(JavaModifier.SYNCHRONIZED)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule itIsToldTheTime = noClasses()
            .should().dependOnClassesThat().areAssignableTo(Clock.class)
            .orShould().callMethod(Instant.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule itIsHandedItsRandomness = noClasses()
            .should().callConstructorWhere(CREATES_A_RANDOM_SOURCE)
            .orShould().callMethod(Math.class, "random")
            .orShould().callMethod(UUID.class, "randomUUID")
            .orShould().callMethod(RandomGenerator.class, "getDefault")
            .orShould().callMethod(RandomGenerator.class, "of", String.class)
            .allowEmptyShould(true);
}
