package dev.peerscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of configuration keys, made from the javadoc of {@link PeerscopeProperties}. */
class ConfigurationReferenceTest {

    @Test
    void everyKeySaysWhatItIsForAndTheTableSaysTheSame() throws IOException {
        var keys = keys();

        assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(key.path("description").asString(""))
                .as(key.get("name").asString()).isNotBlank());
        new ReferenceDocument("configuration.md").isUpToDateWith(page(keys));
    }

    private static List<JsonNode> keys() throws IOException {
        try (var metadata = PeerscopeProperties.class
                .getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            List<JsonNode> keys = new ArrayList<>();
            JsonMapper.shared().readTree(metadata).get("properties").forEach(keys::add);
            keys.removeIf(key -> !key.get("name").asString().startsWith("peerscope."));
            return keys;
        }
    }

    private static String page(List<JsonNode> keys) {
        return """
                # Configuration

                Made from the source by `ConfigurationReferenceTest`. Keys can be given as environment variables too:
                `peerscope.data-directory` is `PEERSCOPE_DATA_DIRECTORY`, and so on. `server.port` (8090), `server.address`
                (127.0.0.1) and everything else of Spring Boot are as Spring Boot documents them.

                | key | default | says |
                |---|---|---|
                """
                + keys.stream().map(ConfigurationReferenceTest::row).sorted().collect(Collectors.joining());
    }

    private static String row(JsonNode key) {
        return "| `" + key.get("name").asString() + "` | " + defaultOf(key) + " | " + prose(key) + " |\n";
    }

    private static String defaultOf(JsonNode key) {
        var value = key.path("defaultValue");
        if (value.isMissingNode() || value.isEmpty() && value.isArray()) {
            return "–";
        }
        List<String> words = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(word -> words.add(word.asString()));
        } else {
            words.add(value.asString().replaceAll("[\\[\\] ]", ""));
        }
        return "`" + String.join(",", words) + "`";
    }

    private static String prose(JsonNode key) {
        return key.get("description").asString().replaceAll("\\{@code ([^}]*)}", "`$1`").replace("|", "\\|");
    }
}
