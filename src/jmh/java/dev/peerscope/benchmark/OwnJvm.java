package dev.peerscope.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a measurement in a JVM of its own, with a heap of its own; what that writes to its standard output is its result. */
public final class OwnJvm {

    private OwnJvm() {}

    /** Runs the main method of a class with these options of the JVM. */
    public static void run(Class<?> main, PrintStream results, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        results.println("java " + String.join(" ", options));
        process.inputReader().lines().forEach(results::println);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main.getName() + " ended with " + process.exitValue());
        }
    }
}
