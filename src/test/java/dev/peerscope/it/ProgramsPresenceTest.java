package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsPresenceTest {

    @RequiresPrograms(value = {"ping", "pong"}, requiredBy = "require.ping", otherwise = "nothing was played")
    private static class Match {}

    private static final RequiresPrograms PING_AND_PONG = Match.class.getAnnotation(RequiresPrograms.class);

    @TempDir
    private Path folder;

    @Test
    void testsRunWhereTheirProgramsAreOnThePath() throws IOException {
        install("ping");
        install("pong");

        var decision = new ProgramsPresence(Map.of("PATH", "/nowhere:" + folder)).evaluate(PING_AND_PONG, false);

        assertThat(decision.isDisabled()).isFalse();
    }

    @Test
    void theyAreSkippedWithAReasonWhereOneIsMissing() throws IOException {
        install("ping");

        var decision = new ProgramsPresence(Map.of("PATH", folder.toString())).evaluate(PING_AND_PONG, false);

        assertThat(decision.isDisabled()).isTrue();
        assertThat(decision.getReason()).hasValue("pong missing, so nothing was played");
    }

    @Test
    void continuousIntegrationNeverSkipsThem() {
        var onCi = new ProgramsPresence(Map.of("PATH", folder.toString(), "CI", "true"))
                .evaluate(PING_AND_PONG, false);
        var onRequest = new ProgramsPresence(Map.of("PATH", folder.toString())).evaluate(PING_AND_PONG, true);

        assertThat(onCi.isDisabled()).isFalse();
        assertThat(onRequest.isDisabled()).isFalse();
    }

    private void install(String program) throws IOException {
        assertThat(Files.createFile(folder.resolve(program)).toFile().setExecutable(true)).isTrue();
    }
}
