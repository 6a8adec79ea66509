package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

@RequiresPrometheus
class PromtoolTest {

    @Test
    void theConfigurationAndItsRulesAreAccepted() throws Exception {
        var answer = promtool("check", "config", PrometheusRules.CONFIGURATION.toString());

        assertThat(answer.exitCode()).as(answer.output()).isZero();
        assertThat(answer.output()).contains("2 rule files found");
    }

    @Test
    void theRulesDoWhatTheirTestsSay() throws Exception {
        var tests = PrometheusRules.tests().stream().map(Object::toString);

        var answer = promtool(Stream.concat(Stream.of("test", "rules"), tests).toArray(String[]::new));

        assertThat(answer.exitCode()).as(answer.output()).isZero();
    }

    private record Answer(int exitCode, String output) {}

    private static Answer promtool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            var text = output.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("promtool ends").isTrue();
            return new Answer(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
