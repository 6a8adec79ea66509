package dev.peerscope;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that keep the folder tree readable. The first of them is {@code docs/architecture.puml} itself: a class
 * that uses a package to which the drawing has no arrow, or that lies in a package that is not drawn, fails here.
 */
@AnalyzeClasses(packages = "dev.peerscope", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final int SOURCE_LINES_MAX = 350;

    @ArchTest
    static final ArchRule eachPackageUsesOnlyWhatTheDrawingShows = classes()
            .should(adhereToPlantUmlDiagram(Path.of("docs/architecture.puml"), consideringOnlyDependenciesInDiagram()));

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("dev.peerscope.(*)..")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thePartsOfTheTransportAreFreeOfCycles = slices().matching("dev.peerscope.transport.(*)..")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule whoReadsValuesAndEventsNeedsToKnowTheProtocolAndNothingElse = noClasses()
            .that().resideInAnyPackage("dev.peerscope.block..", "dev.peerscope.peer..", "dev.peerscope.dataset..",
                    "dev.peerscope.message..", "dev.peerscope.event..", "dev.peerscope.engine..")
            .should().dependOnClassesThat().resideInAnyPackage("org.springframework..", "io.netty..", "org.slf4j..",
                    "io.micrometer..", "io.swagger..", "jakarta..", "tools.jackson..", "com.fasterxml..");

    @ArchTest
    static final ArchRule generatedMessagesStayInsideThePackageThatUsesThem = classes()
            .that().areAssignableTo("com.google.protobuf.MessageLite")
            .should().onlyHaveDependentClassesThat().resideInAnyPackage("dev.peerscope.wire..",
                    "dev.peerscope.transport..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jsonIsJackson3 = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("com.fasterxml.jackson.databind..",
                    "com.fasterxml.jackson.core..")
            .because("Spring Boot 4 reads and writes with tools.jackson; Jackson 2 is there for springdoc alone");

    @ArchTest
    static final ArchRule theRootPackageOnlyWires = classes()
            .that().resideInAPackage("dev.peerscope").and().areTopLevelClasses()
            .and().doNotHaveSimpleName("package-info")
            .should().haveSimpleNameEndingWith("Application")
            .orShould().haveSimpleNameEndingWith("Configuration")
            .orShould().haveSimpleNameEndingWith("Properties");

    @ArchTest
    static final ArchRule noPackageIsADrawer = noClasses()
            .should().resideInAnyPackage("..util..", "..utils..", "..common..", "..misc..", "..helper..", "..helpers..",
                    "..shared..")
            .orShould().haveSimpleNameEndingWith("Util").orShould().haveSimpleNameEndingWith("Utils")
            .orShould().haveSimpleNameEndingWith("Helper").orShould().haveSimpleNameEndingWith("Helpers");

    @ArchTest
    static final ArchRule whatIsToBeSaidGoesToTheLog = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule thereIsOneLogger = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule whatAClassNeedsStandsInItsConstructor = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static void everyPackageSaysWhatItIsForAndIsNullMarked(JavaClasses imported) {
        var packages = imported.stream().map(JavaClass::getPackage).collect(toSet());

        assertThat(packages).isNotEmpty().allSatisfy(found -> {
            assertThat(found.isAnnotatedWith(NullMarked.class)).as("%s is @NullMarked", found.getName()).isTrue();
            assertThat(sourceFolder().resolve(found.getName().replace('.', '/')).resolve("package-info.java"))
                    .content().as("%s has a paragraph", found.getName()).startsWith("/**");
        });
    }

    @ArchTest
    static void noSourceFileIsLongerThanAFewScreens(JavaClasses imported) throws IOException {
        var tooLong = new ArrayList<String>();
        try (var files = Files.walk(sourceFolder())) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var lines = Files.readAllLines(file).size();
                if (lines > SOURCE_LINES_MAX) {
                    tooLong.add(file.getFileName() + " has " + lines + " lines");
                }
            }
        }
        assertThat(imported).isNotEmpty();
        assertThat(tooLong).isEmpty();
    }

    private static Path sourceFolder() {
        return Path.of("src/main/java");
    }
}
