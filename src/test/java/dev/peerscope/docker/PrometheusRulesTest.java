package dev.peerscope.docker;

import static dev.peerscope.limit.LimitName.PEER_CONNECTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import dev.peerscope.docker.PrometheusRules.Rule;
import dev.peerscope.limit.LimitName;

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

    @Test
    void boundsThatForgetOrMakeWaitAlertNobody() {
        var left = Pattern.compile("limit!~\"([a-z|-]+)\"");
        var rule = PrometheusRules.all().stream().filter(one -> one.name().equals("limit:peerscope_limit:refusing"))
                .findFirst().orElseThrow();

        var names = left.matcher(rule.expression().text()).results()
                .flatMap(found -> Stream.of(found.group(1).split("\\|")))
                .toList();

        var ordinary = Arrays.stream(LimitName.values())
                .filter(limit -> limit.sentence().matches(".*(forgotten|meanwhile)\\b.*") || limit == PEER_CONNECTIONS)
                .map(LimitName::text).toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(ordinary);
    }

    private static Set<String> namesInTests(boolean firing) {
        return PrometheusRules.testCases().stream()
                .flatMap(testCase -> PrometheusRules.maps(testCase, "alert_rule_test"))
                .filter(test -> firing == PrometheusRules.maps(test, "exp_alerts").findAny().isPresent())
                .map((Map<String, Object> test) -> String.valueOf(test.get("alertname")))
                .collect(Collectors.toSet());
    }
}
