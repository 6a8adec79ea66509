package dev.peerscope.docker;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard in {@code docker/grafana}, as data. */
final class Dashboard {

    private static final Path FILE = Path.of("docker/grafana/dashboards/peerscope.json");

    private final JsonNode root = JsonMapper.shared().readTree(FILE);

    record Query(String panel, PromQl expression) {}

    /** Everything that is drawn, without the headings of rows. */
    List<JsonNode> panels() {
        return all().filter(panel -> !panel.path("type").asString().equals("row")).toList();
    }

    /** The headings, top to bottom. */
    List<String> rows() {
        return all().filter(panel -> panel.path("type").asString().equals("row"))
                .map(row -> row.path("title").asString()).toList();
    }

    List<Query> queries() {
        return panels().stream().flatMap(panel -> panel.path("targets").values().stream()
                .map(target -> new Query(panel.path("title").asString(),
                        new PromQl(target.path("expr").asString()))))
                .toList();
    }

    private Stream<JsonNode> all() {
        return root.path("panels").values().stream();
    }
}
