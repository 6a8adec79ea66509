package dev.peerscope.metrics;

import java.util.List;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/** A meter with a sentence that says what it tells, and the labels that it has. */
public interface DocumentedMeter extends MeterDocumentation {

    /** What it tells. */
    String sentence();

    /** Its labels, in the order in which their values are given. */
    List<MeterLabel> labels();

    @Override
    default MeterLabel[] getKeyNames() {
        return labels().toArray(MeterLabel[]::new);
    }

    /** These values of its labels, one for each. */
    default Tags tags(String... values) {
        var labels = labels();
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(
                    getName() + " has " + labels.size() + " labels, was given " + values.length + " values");
        }
        var tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(labels.get(i).asString(), values[i]);
        }
        return tags;
    }
}
