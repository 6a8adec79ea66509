package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ContainerTest {

    private static final Pattern SETTING = Pattern.compile("\\b([A-Z]+(?:_[A-Z]+)+)=(\\S+)");
    private static final Pattern COPIED_FILE = Pattern.compile("(?m)^COPY (?!--)(.*) \\S+$");

    @Test
    void theImageListensWhereItCanBeReachedAndWritesToItsVolumeAlone() throws IOException {
        var settings = settings();

        var binder = new Binder(ConfigurationPropertySources.from(settings));

        assertThat(binder.bind("server.address", String.class).get()).isEqualTo("0.0.0.0");
        assertThat(binder.bind("peerscope.listen-addresses", String.class).get()).isEqualTo("/ip4/0.0.0.0/tcp/8070");
        assertThat(binder.bind("peerscope.data-directory", Path.class).get()).isEqualTo(Path.of("/data"));
        assertThat(dockerfile()).contains("\nVOLUME /data\n", "\nEXPOSE 8070 8090\n");
    }

    @Test
    void itRunsWithoutRightsAndIsTheFirstProcessItself() throws IOException {
        var dockerfile = dockerfile();

        var lastStage = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));

        assertThat(lastStage).contains("\nUSER peerscope\n", "\nENTRYPOINT [\"java\"");
    }

    @Test
    void whatTheBuildReadsIsThereAndNotIgnored() throws IOException {
        var kept = Files.readAllLines(Path.of(".dockerignore")).stream().filter(line -> line.startsWith("!"))
                .map(line -> Path.of(line.substring(1))).toList();

        var copied = COPIED_FILE.matcher(dockerfile()).results().map(found -> found.group(1))
                .flatMap(files -> Stream.of(files.split(" "))).map(Path::of).toList();

        assertThat(copied).isNotEmpty().allSatisfy(file -> {
            assertThat(file).exists();
            assertThat(kept).as("what .dockerignore keeps").anyMatch(file::startsWith);
        });
        assertThat(Path.of("docker/health-probe")).isExecutable();
    }

    /** The environment that the image sets, as the service would read it. */
    private static SystemEnvironmentPropertySource settings() throws IOException {
        var set = SETTING.matcher(dockerfile()).results()
                .collect(Collectors.<MatchResult, String, Object>toMap(found -> found.group(1),
                        found -> found.group(2), (first, last) -> last));
        return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.copyOf(set));
    }

    private static String dockerfile() throws IOException {
        return Files.readString(Path.of("Dockerfile"));
    }
}
