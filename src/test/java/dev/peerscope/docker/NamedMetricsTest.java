package dev.peerscope.docker;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import dev.peerscope.docker.PromQl.LabelValue;
import dev.peerscope.docker.PrometheusRules.Rule;
import dev.peerscope.metrics.MeterLabel;
import dev.peerscope.metrics.PeerscopeMeter;

/** What rules and the dashboard name must be there, or they would be silent for ever. */
class NamedMetricsTest {

    /** Not ours: Prometheus' own and the JVM's. */
    private static final Set<String> MEASURED_BY_OTHERS = Set.of("up", "jvm_memory_used_bytes", "jvm_memory_max_bytes");
    private static final Set<String> LABELS_OF_OTHERS = Set.of("job", "instance", "area", "le");

    @Test
    void everyMetricThatIsNamedIsMeasuredOrRecorded() {
        var measured = Stream.of(PeerscopeMeter.values()).flatMap(NamedMetricsTest::series).collect(toSet());
        var recorded = PrometheusRules.all().stream().filter(rule -> !rule.alert()).map(Rule::name).collect(toSet());

        var named = expressions().flatMap(expression -> expression.metrics().stream()).collect(toSet());

        assertThat(named).isNotEmpty().allSatisfy(metric -> assertThat(metric)
                .satisfiesAnyOf(name -> assertThat(name).isIn(measured), name -> assertThat(name).isIn(recorded),
                        name -> assertThat(name).isIn(MEASURED_BY_OTHERS)));
    }

    @Test
    void everyLabelAndValueThatIsAskedForCanOccur() {
        var labels = Stream.of(MeterLabel.values()).map(MeterLabel::asString).collect(toSet());

        assertThat(expressions().flatMap(expression -> expression.groupingLabels().stream()))
                .allMatch(label -> labels.contains(label) || LABELS_OF_OTHERS.contains(label));
        assertThat(expressions().flatMap(expression -> expression.labelValues().stream()))
                .isNotEmpty().allMatch(NamedMetricsTest::canOccur);
    }

    private static Stream<PromQl> expressions() {
        return Stream.concat(PrometheusRules.all().stream().map(Rule::expression),
                new Dashboard().queries().stream().map(Dashboard.Query::expression));
    }

    private static boolean canOccur(LabelValue asked) {
        return LABELS_OF_OTHERS.contains(asked.label())
                || Stream.of(MeterLabel.values()).filter(label -> label.asString().equals(asked.label()))
                        .anyMatch(label -> label.words().contains(asked.value()));
    }

    /** The names under which Prometheus sees a meter. */
    private static Stream<String> series(PeerscopeMeter meter) {
        var unit = meter.getBaseUnit() == null ? "" : "_" + meter.getBaseUnit();
        var name = meter.getName().replace('.', '_') + unit;
        return switch (meter.getType()) {
            case COUNTER -> Stream.of(name + "_total");
            case TIMER, DISTRIBUTION_SUMMARY -> Stream.of("_bucket", "_count", "_sum", "_max").map(name::concat);
            case GAUGE, LONG_TASK_TIMER, OTHER -> Stream.of(name);
        };
    }
}
