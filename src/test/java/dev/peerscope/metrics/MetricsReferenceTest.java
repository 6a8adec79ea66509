package dev.peerscope.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import dev.peerscope.ReferenceDocument;
import dev.peerscope.RunningService;

/** The table of meters, made from their enums and held to what is exposed. */
@RunningService
class MetricsReferenceTest {

    @LocalServerPort
    private int port;

    @Test
    void theTableSaysWhatTheEnumsSay() throws IOException {
        new ReferenceDocument("metrics.md").isUpToDateWith(
                """
                        # Metrics

                        Made from the source by `MetricsReferenceTest`. Prometheus reads them at `/actuator/prometheus`. Labels take their
                        values from closed sets, and every series exists from the start. Peers one by one have [a path of their
                        own](../how-to/alert-on-churn.md#when-it-fires-who-was-it), off by default.

                        | Prometheus name | type | labels | says |
                        |---|---|---|---|
                        """
                        + meters().map(MetricsReferenceTest::row).collect(Collectors.joining()));
    }

    @Test
    void whatIsExposedIsWhatIsDocumented() {
        Set<String> documented = meters().map(MetricsReferenceTest::prometheusName)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> exposed = Scrape.of(port).series().stream().map(MetricsReferenceTest::family)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(exposed).isEqualTo(documented);
    }

    @Test
    void everyBoundShowsWhatItAllowsItsUseAndHowOftenItWasMet() {
        var expected = Stream.concat(
                MeterLabel.LIMIT.words().stream()
                        .flatMap(limit -> Stream.of("peerscope_limit", "peerscope_limit_met_total")
                                .map(name -> name + "{limit=\"" + limit + "\"}")),
                MeterLabel.STANDING_LIMIT.words().stream()
                        .map(limit -> "peerscope_limit_used{limit=\"" + limit + "\"}"));

        var exposed = Scrape.of(port).series().stream().filter(series -> series.startsWith("peerscope_limit"));
        assertThat(exposed).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    @Test
    void everyEndOfAPresenceHasItsLifetimes() {
        var expected = MeterLabel.PRESENCE_END.words().stream()
                .map(reason -> "peerscope_presence_lifetime_seconds_bucket{reason=\"" + reason + "\",le=\"3600.0\"}");

        assertThat(Scrape.of(port).series()).containsAll(expected.toList());
    }

    @Test
    void whatNobodyCouldReadHasNoSeries() {
        var series = Scrape.of(port).series();

        assertThat(series).contains("peerscope_messages_total{direction=\"received\",kind=\"other\"}",
                "peerscope_peer_departures_total{reason=\"node-stopped\"}");
        assertThat(series).noneMatch(one -> one.contains("direction=\"sent\",kind=\"other\""))
                .noneMatch(one -> one.contains("reason=\"node-stopped\"")
                        && one.matches("\\w+_(session|lifetime|changes)_.*"));
    }

    private static Stream<DocumentedMeter> meters() {
        return Stream.concat(Arrays.stream(PeerscopeMeter.values()), Arrays.stream(CodexMeter.values()));
    }

    /** Histograms are several series with the name of one meter in front. */
    private static String family(String series) {
        return series.split("[{ ]", 2)[0].replaceAll("_(bucket|count|sum)$", "");
    }

    private static String prometheusName(DocumentedMeter meter) {
        String name = new PrometheusNamingConvention().name(meter.getName(), meter.getType(), meter.getBaseUnit());
        return meter.getType() == Meter.Type.COUNTER ? name + "_total" : name;
    }

    private static String row(DocumentedMeter meter) {
        String labels = meter.labels().stream()
                .map(label -> "`" + label.asString() + "`: " + String.join(", ", label.words()))
                .collect(Collectors.joining("; "));
        return "| `" + prometheusName(meter) + "` | " + type(meter) + " | " + (labels.isEmpty() ? "–" : labels) + " | "
                + meter.sentence() + " |\n";
    }

    private static String type(DocumentedMeter meter) {
        return switch (meter.getType()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER -> "timer";
            case DISTRIBUTION_SUMMARY -> "histogram";
            case LONG_TASK_TIMER, OTHER -> throw new AssertionError(meter.getName() + " is of a type that nobody uses");
        };
    }
}
