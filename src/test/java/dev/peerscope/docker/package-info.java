/**
 * What is handed out beside the jar: the container, Prometheus' configuration with its rules, and Grafana's dashboard. These
 * tests read the files under {@code docker/} and hold them to the service and to the real Prometheus.
 */
@NullMarked
package dev.peerscope.docker;

import org.jspecify.annotations.NullMarked;
