package dev.peerscope.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether tests against js-libp2p peers run: always where Node.js is present, and always where it must be. */
final class NodePresence implements ExecutionCondition {

    private final Map<String, String> environment;
    private final boolean required;

    NodePresence() {
        this(System.getenv(), Boolean.getBoolean("peerscope.requireNode"));
    }

    NodePresence(Map<String, String> environment, boolean required) {
        this.environment = environment;
        this.required = required || "true".equals(environment.get("CI"));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate();
    }

    ConditionEvaluationResult evaluate() {
        if (isOnThePath("node")) {
            return ConditionEvaluationResult.enabled("Node.js is present");
        }
        if (required) {
            return ConditionEvaluationResult
                    .enabled("Node.js is missing but required: the tests will say so by failing");
        }
        return ConditionEvaluationResult.disabled("Node.js is missing, so nothing was tried against js-libp2p peers");
    }

    private boolean isOnThePath(String program) {
        return Stream.of(environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
