package dev.peerscope.metrics;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.test.web.servlet.client.RestTestClient;

/** What Prometheus reads of the service, without the series of the JVM, the process and the HTTP server. */
record Scrape(List<String> lines) {

    private static final List<String> LEFT_OUT = List.of("#", "jvm_", "process_", "http_");

    /** Of the service that listens on this port. */
    static Scrape of(int port) {
        var http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
        String text = http.get().uri("/actuator/prometheus").exchange().returnResult(String.class).getResponseBody();
        return new Scrape(text.lines().filter(line -> LEFT_OUT.stream().noneMatch(line::startsWith)).toList());
    }

    /** Names with their labels. */
    Set<String> series() {
        Set<String> series = new TreeSet<>();
        lines.forEach(line -> series.add(line.substring(0, line.lastIndexOf(' '))));
        return series;
    }

    /** The sum over all series of one name. */
    double total(String name) {
        return lines.stream().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }
}
