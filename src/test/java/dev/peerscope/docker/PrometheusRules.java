package dev.peerscope.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;

/** Prometheus' files in {@code docker/prometheus}, as data. */
final class PrometheusRules {

    static final Path FOLDER = Path.of("docker/prometheus");
    static final Path CONFIGURATION = FOLDER.resolve("prometheus.yml");

    private PrometheusRules() {}

    /** One rule: a name under which its expression is recorded, or an alert of that name. */
    record Rule(String name, boolean alert, PromQl expression) {}

    static List<Rule> all() {
        return documents("rules").flatMap(document -> maps(document, "groups"))
                .flatMap(group -> maps(group, "rules"))
                .map(PrometheusRules::rule)
                .toList();
    }

    static List<Path> tests() {
        return files("tests");
    }

    /** The cases of all rule tests: maps as promtool reads them. */
    static List<Map<String, Object>> testCases() {
        return documents("tests").flatMap(document -> maps(document, "tests")).toList();
    }

    /** The maps in the list under a key; none where the key is missing. */
    @SuppressWarnings("unchecked")
    static Stream<Map<String, Object>> maps(Map<String, Object> map, String key) {
        return ((List<Map<String, Object>>) map.getOrDefault(key, List.of())).stream();
    }

    private static Rule rule(Map<String, Object> rule) {
        boolean alert = rule.containsKey("alert");
        return new Rule(String.valueOf(rule.get(alert ? "alert" : "record")), alert,
                new PromQl(String.valueOf(rule.get("expr"))));
    }

    private static Stream<Map<String, Object>> documents(String folder) {
        return files(folder).stream().map(PrometheusRules::read);
    }

    private static List<Path> files(String folder) {
        try (var files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> read(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            return new Yaml().load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
