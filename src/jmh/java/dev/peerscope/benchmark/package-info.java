/**
 * What measures: the suites, one command that runs them, and where their results are kept. The benchmarks themselves stand in
 * the packages that they measure.
 */
@NullMarked
package dev.peerscope.benchmark;

import org.jspecify.annotations.NullMarked;
