package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import dev.peerscope.docker.PromQl.LabelValue;

class PromQlTest {

    @Test
    void functionsLabelsWindowsAndOperatorsAreNoMetrics() {
        var query = new PromQl(
                """
                        histogram_quantile(0.5, sum by (le, reason) (rate(a_seconds_bucket{job="b_total", x=~"c|d"}[5m])))
                          and on (job, instance) (level:e_f:rate5m > 0.5e3) or up == 1 unless g / ignoring(limit) group_left (h) i
                        """);

        var metrics = query.metrics();

        assertThat(metrics).containsExactly("a_seconds_bucket", "g", "i", "level:e_f:rate5m", "up");
    }

    @Test
    void variablesOfADashboardAreNoMetrics() {
        var query = new PromQl("sum without (mode) (wants{instance=~\"$instance\"}) * rate(x_total[$__rate_interval])");

        assertThat(query.metrics()).containsExactly("wants", "x_total");
    }

    @Test
    void labelsAreNamedInMatchersAndWhereItGroups() {
        var query = new PromQl("sum by (le, reason) (x{reason!~\"a|b\", job=\"c\"}) / on (job) y");

        assertThat(query.labelValues()).containsExactlyInAnyOrder(new LabelValue("reason", "a"),
                new LabelValue("reason", "b"), new LabelValue("job", "c"));
        assertThat(query.groupingLabels()).containsExactlyInAnyOrder("le", "reason", "job");
    }
}
