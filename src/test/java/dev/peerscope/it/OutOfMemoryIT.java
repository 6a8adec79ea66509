package dev.peerscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import dev.peerscope.limit.OutOfMemory;

/** A service that runs out of memory ends and says so, whoever catches the error, and without a flag of the JVM. */
class OutOfMemoryIT {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path data;

    @ParameterizedTest
    @EnumSource
    void whoeverTakesTheLastOfItTheProcessEnds(ExhaustedService.Place place) throws Exception {
        assertEndsForWantOfMemory(List.of(JAVA, "-Xmx128m", "-cp", System.getProperty("java.class.path"),
                ExhaustedService.class.getName(), place.name(), data.toString()));
    }

    @Test
    void aJarWithTooSmallAHeapEndsWhileItStarts() throws Exception {
        assertEndsForWantOfMemory(List.of(JAVA, "-Xmx16m", "-jar", System.getProperty("peerscope.jar"),
                "--server.port=0", "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
                "--peerscope.data-directory=" + data));
    }

    private static void assertEndsForWantOfMemory(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(OutOfMemory.EXIT_CODE);
        assertThat(output).contains("java.lang.OutOfMemoryError");
    }
}
