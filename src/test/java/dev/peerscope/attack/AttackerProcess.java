package dev.peerscope.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@link Attackers} in a JVM of their own. */
final class AttackerProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final List<String[]> joined = new ArrayList<>();

    private AttackerProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().name("attackers").start(() -> listen(process.inputReader(UTF_8)));
    }

    /** Some of them, with arguments of {@link Attackers} for what they have. */
    static AttackerProcess start(Service service, List<Crowd.Group> groups, String... means) throws IOException {
        var address = service.address();
        var command = Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                        System.getProperty("java.class.path"), Attackers.class.getName(), address.getHostString(),
                        Integer.toString(address.getPort())),
                groups.stream().map(Crowd.Group::toString), Stream.of(means)).flatMap(part -> part).toList();
        return new AttackerProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** How often one has joined. */
    int joins() {
        synchronized (joined) {
            return joined.size();
        }
    }

    /** Peer ids of those who joined to do this, in order. */
    List<String> peers(Conduct conduct) {
        synchronized (joined) {
            return joined.stream().filter(words -> words[1].equals(conduct.name())).map(words -> words[2]).toList();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.outputWriter().close();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private void listen(BufferedReader lines) {
        try {
            lines.lines().map(line -> line.split(" ")).filter(words -> words.length == 3 && words[0].equals("joined"))
                    .forEach(words -> {
                        synchronized (joined) {
                            joined.add(words);
                        }
                    });
        } catch (UncheckedIOException e) {
            // The process has been ended, and its output with it.
        }
    }
}
