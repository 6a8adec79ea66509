package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodePresenceTest {

    @TempDir
    private Path folder;

    @Test
    void testsAgainstForeignPeersRunWhereNodeIsOnThePath() throws IOException {
        var node = Files.createFile(folder.resolve("node")).toFile();
        assertThat(node.setExecutable(true)).isTrue();

        var decision = new NodePresence(Map.of("PATH", "/nowhere:" + folder), false).evaluate();

        assertThat(decision.isDisabled()).isFalse();
    }

    @Test
    void theyAreSkippedWithAReasonWhereNodeIsMissing() {
        var decision = new NodePresence(Map.of("PATH", folder.toString()), false).evaluate();

        assertThat(decision.isDisabled()).isTrue();
        assertThat(decision.getReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("Node.js is missing"));
    }

    @Test
    void continuousIntegrationNeverSkipsThem() {
        var onCi = new NodePresence(Map.of("PATH", folder.toString(), "CI", "true"), false).evaluate();
        var onRequest = new NodePresence(Map.of("PATH", folder.toString()), true).evaluate();

        assertThat(onCi.isDisabled()).isFalse();
        assertThat(onRequest.isDisabled()).isFalse();
    }
}
