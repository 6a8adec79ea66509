/**
 * The meters of this program: documented names, and what feeds them.
 *
 * <p>
 * Events of the exchange and observations of the node flow in and are counted; gauges read the engine, the journal and the
 * bounds, one question to the engine for each scrape. Nothing counts a gauge up and down by hand. Every label takes its values
 * from a closed set and every series exists from the start, so the set of series never grows, whatever peers do.
 *
 * <p>
 * Names are declared in {@link dev.peerscope.metrics.PeerscopeMeter} and {@link dev.peerscope.metrics.CodexMeter};
 * {@code docs/reference/metrics.md} is made from these.
 */
@NullMarked
package dev.peerscope.metrics;

import org.jspecify.annotations.NullMarked;
