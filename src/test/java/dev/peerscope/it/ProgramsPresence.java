package dev.peerscope.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether tests that start other programs run: always where these are present, and always where they must be. */
final class ProgramsPresence implements ExecutionCondition {

    private final Map<String, String> environment;

    ProgramsPresence() {
        this(System.getenv());
    }

    ProgramsPresence(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresPrograms.class)
                .map(requires -> evaluate(requires, Boolean.getBoolean(requires.requiredBy())))
                .orElseGet(() -> ConditionEvaluationResult.enabled("needs no other program"));
    }

    ConditionEvaluationResult evaluate(RequiresPrograms requires, boolean required) {
        var missing = Stream.of(requires.value()).filter(program -> !isOnThePath(program)).toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled(List.of(requires.value()) + " present");
        }
        if (required || "true".equals(environment.get("CI"))) {
            return ConditionEvaluationResult
                    .enabled(missing + " missing but required: the tests will say so by failing");
        }
        return ConditionEvaluationResult
                .disabled(String.join(" and ", missing) + " missing, so " + requires.otherwise());
    }

    private boolean isOnThePath(String program) {
        return Stream.of(environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
