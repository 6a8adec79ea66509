package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ComposeTest {

    private Map<String, Map<String, Object>> services = Map.of();

    @BeforeEach
    @SuppressWarnings("unchecked")
    void readTheFile() throws IOException {
        try (var reader = Files.newBufferedReader(Path.of("docker/compose.yaml"))) {
            services = (Map<String, Map<String, Object>>) new Yaml().<Map<String, Object>>load(reader).get("services");
        }
        assertThat(services).containsOnlyKeys("peerscope", "prometheus", "grafana");
    }

    @Test
    void nothingIsReachedFromOutsideThisMachine() {
        assertThat(services).allSatisfy((name, service) -> assertThat(strings(service, "ports"))
                .as(name).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @Test
    void whatIsFetchedHasOneVersion() {
        services.get("peerscope").forEach((key, value) -> assertThat(key).isNotEqualTo("image"));
        assertThat(services).hasEntrySatisfying("prometheus", ComposeTest::isPinned)
                .hasEntrySatisfying("grafana", ComposeTest::isPinned);
    }

    @Test
    void noServiceCanWriteButToItsVolumesOrGainRights() {
        assertThat(services).allSatisfy((name, service) -> {
            assertThat(service).as(name).containsEntry("read_only", true);
            assertThat(strings(service, "tmpfs")).as(name).containsExactly("/tmp");
            assertThat(strings(service, "cap_drop")).as(name).containsExactly("ALL");
            assertThat(strings(service, "security_opt")).as(name).containsExactly("no-new-privileges:true");
        });
    }

    @Test
    void whatIsMountedFromTheRepositoryIsThere() {
        assertThat(services.values().stream().flatMap(service -> PrometheusRules.maps(service, "volumes"))
                .filter(volume -> "bind".equals(volume.get("type")))
                .map(volume -> Path.of("docker", String.valueOf(volume.get("source")))))
                .isNotEmpty().allSatisfy(source -> assertThat(source).exists());
    }

    private static void isPinned(Map<String, Object> service) {
        assertThat(service.get("image")).asString().matches("[\\w./-]+:v?\\d+\\.\\d+\\.\\d+");
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Map<String, Object> service, String key) {
        return (List<String>) service.getOrDefault(key, List.of());
    }
}
