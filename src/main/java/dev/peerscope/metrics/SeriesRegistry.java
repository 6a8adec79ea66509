package dev.peerscope.metrics;

import java.util.List;
import java.util.function.Predicate;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus scrapes, without the greatest value of the last minutes that Micrometer puts beside each of our timers and
 * histograms: Prometheus cannot add these up over time or instances, the buckets tell the same, and a fifth of the series were
 * spent on them ({@code docs/decisions/0019-every-bound-has-a-name-and-series-are-spent-on-purpose.md}).
 */
public final class SeriesRegistry extends PrometheusRegistry {

    private static final String OURS = "peerscope_";
    private static final String GREATEST = "_max";

    @Override
    public MetricSnapshots scrape(@Nullable PrometheusScrapeRequest request) {
        return withoutGreatest(super.scrape(request));
    }

    @Override
    public MetricSnapshots scrape(@Nullable Predicate<String> names, @Nullable PrometheusScrapeRequest request) {
        return withoutGreatest(super.scrape(names, request));
    }

    private static MetricSnapshots withoutGreatest(MetricSnapshots all) {
        List<MetricSnapshot> kept = all.stream().filter(snapshot -> !isGreatest(snapshot.getMetadata().getName()))
                .toList();
        return new MetricSnapshots(kept);
    }

    private static boolean isGreatest(String name) {
        return name.startsWith(OURS) && name.endsWith(GREATEST);
    }
}
