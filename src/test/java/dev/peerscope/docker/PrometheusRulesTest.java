package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
}
