package dev.peerscope.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of ours in a JVM of its own, with the same class path; it is told things on its standard input. */
public final class JvmProcess implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private JvmProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    /**
     * Starts a program of which one talks with {@link #ask}.
     *
     * @param directory where it runs
     */
    public static JvmProcess talking(Class<?> program, Path directory, List<String> arguments) throws IOException {
        return talking(program, directory, OPTIONS, arguments);
    }

    /** As the other one, with these options of the JVM. */
    public static JvmProcess talking(Class<?> program, Path directory, List<String> options, List<String> arguments)
            throws IOException {
        return new JvmProcess(builder(program, directory, options, arguments)
                .redirectError(directory.resolve(program.getSimpleName() + ".log").toFile()).start());
    }

    /** Starts a program that only runs; what it says goes to a file in its directory. */
    public static JvmProcess running(Class<?> program, Path directory, List<String> arguments) throws IOException {
        return new JvmProcess(builder(program, directory, OPTIONS, arguments).redirectErrorStream(true)
                .redirectOutput(directory.resolve(program.getSimpleName() + ".log").toFile()).start());
    }

    private static ProcessBuilder builder(Class<?> program, Path directory, List<String> options,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).directory(directory.toFile());
    }

    /** Tells the program a line and waits for the line that it answers. */
    public String ask(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException("the program ended instead of answering '" + line + "'");
        }
        return answer;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
