package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import dev.peerscope.docker.PrometheusRules.Rule;

class PrometheusRulesTest {

    @Test
    void everyAlertHasATestInWhichItFiresAndOneInWhichItDoesNot() {
        var alerts = PrometheusRules.all().stream().filter(Rule::alert).map(Rule::name).collect(Collectors.toSet());

        var firing = namesInTests(true);
        var quiet = namesInTests(false);

        assertThat(alerts).isNotEmpty();
        assertThat(firing).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(quiet).containsExactlyInAnyOrderElementsOf(alerts);
    }

    @Test
    void everyRecordedSeriesHasATest() {
        var recorded = PrometheusRules.all().stream().filter(rule -> !rule.alert()).map(Rule::name).toList();

        var tested = PrometheusRules.testCases().stream()
                .flatMap(testCase -> PrometheusRules.maps(testCase, "promql_expr_test"))
                .flatMap(test -> new PromQl(String.valueOf(test.get("expr"))).metrics().stream())
                .collect(Collectors.toSet());

        assertThat(recorded).isNotEmpty();
        assertThat(tested).containsExactlyInAnyOrderElementsOf(recorded);
    }

    private static Set<String> namesInTests(boolean firing) {
        return PrometheusRules.testCases().stream()
                .flatMap(testCase -> PrometheusRules.maps(testCase, "alert_rule_test"))
                .filter(test -> firing == PrometheusRules.maps(test, "exp_alerts").findAny().isPresent())
                .map((Map<String, Object> test) -> String.valueOf(test.get("alertname")))
                .collect(Collectors.toSet());
    }

    @Nested
    @RequiresPrometheus
    class AskedOfPromtool {

        @Test
        void theConfigurationAndItsRulesAreAccepted() throws Exception {
            var answer = promtool("check", "config", PrometheusRules.CONFIGURATION.toString());

            assertThat(answer.exitCode()).as(answer.output()).isZero();
            assertThat(answer.output()).contains("2 rule files found");
        }

        @Test
        void theRulesDoWhatTheirTestsSay() throws Exception {
            var tests = PrometheusRules.tests().stream().map(Object::toString);

            var answer = promtool(Stream.concat(Stream.of("test", "rules"), tests).toArray(String[]::new));

            assertThat(answer.exitCode()).as(answer.output()).isZero();
        }
    }

    private record Answer(int exitCode, String output) {}

    private static Answer promtool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            var text = output.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("promtool ends").isTrue();
            return new Answer(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
