package dev.peerscope.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Registers documented meters, every series of them at once. */
final class Meters {

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    Counter counter(DocumentedMeter meter, String... values) {
        return Counter.builder(meter.getName()).description(meter.sentence()).baseUnit(meter.getBaseUnit())
                .tags(meter.tags(values)).register(registry);
    }

    /** A counter for each value of the enum that is the meter's last label; {@code values} are those of the others. */
    <E extends Enum<E>> Counters<E> counters(DocumentedMeter meter, Class<E> all, Function<E, String> wordOf,
            String... values) {
        return new Counters<>(Arrays.stream(all.getEnumConstants()).map(value -> {
            var labels = Arrays.copyOf(values, values.length + 1);
            labels[values.length] = wordOf.apply(value);
            return counter(meter, labels);
        }).toList());
    }

    /** A timer whose buckets end at these times. */
    Timer timer(DocumentedMeter meter, List<Duration> buckets, String... values) {
        return Timer.builder(meter.getName()).description(meter.sentence()).tags(meter.tags(values))
                .serviceLevelObjectives(buckets.toArray(Duration[]::new)).register(registry);
    }

    /** A histogram with one bucket beside the one of everything. */
    DistributionSummary summary(DocumentedMeter meter, double bucket, String... values) {
        return DistributionSummary.builder(meter.getName()).description(meter.sentence()).baseUnit(meter.getBaseUnit())
                .tags(meter.tags(values)).serviceLevelObjectives(bucket).register(registry);
    }

    /** A counter that something else keeps. */
    <T> void counter(DocumentedMeter meter, T of, ToDoubleFunction<T> count, String... values) {
        FunctionCounter.builder(meter.getName(), of, count).description(meter.sentence()).baseUnit(meter.getBaseUnit())
                .tags(meter.tags(values)).register(registry);
    }

    /** A gauge that reads something else; {@code of} is held for as long as the registry. */
    <T> void gauge(DocumentedMeter meter, T of, ToDoubleFunction<T> value, String... values) {
        Gauge.builder(meter.getName(), of, value).description(meter.sentence()).baseUnit(meter.getBaseUnit())
                .tags(meter.tags(values)).strongReference(true).register(registry);
    }
}
