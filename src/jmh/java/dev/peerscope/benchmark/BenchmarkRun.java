package dev.peerscope.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs suites and keeps what each measured as {@code benchmarks/results/<date>-<suite>.txt}, headed by the machine, the JDK, the
 * commit and the command. A run with options for JMH is an experiment: its table is shown and not kept.
 *
 * <p>Arguments: names of suites, all of them without any; then, behind {@code --}, options for JMH.
 */
final class BenchmarkRun {

    private static final Path RESULTS = Path.of("benchmarks", "results");
    private static final String OPTIONS_FOLLOW = "--";

    private final List<Suite> suites;
    private final List<String> options;

    private BenchmarkRun(List<String> arguments) {
        int dashes = arguments.indexOf(OPTIONS_FOLLOW);
        List<String> names = dashes < 0 ? arguments : arguments.subList(0, dashes);
        this.suites = names.isEmpty() ? List.of(Suite.values()) : names.stream().map(Suite::named).toList();
        this.options = dashes < 0 ? List.of() : arguments.subList(dashes + 1, arguments.size());
    }

    /** What there is to say goes to the standard output. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        var run = new BenchmarkRun(Arrays.asList(arguments));
        for (Suite suite : run.suites) {
            if (run.isKept()) {
                Path kept = run.keep(suite);
                System.out.println(System.lineSeparator() + Files.readString(kept) + "kept as " + kept);
            } else {
                run.measure(suite, System.out);
            }
        }
    }

    /** JMH itself shows on the screen what it measured. */
    private boolean isKept() {
        return options.isEmpty();
    }

    private Path keep(Suite suite) throws Exception {
        Files.createDirectories(RESULTS);
        Path file = RESULTS.resolve(LocalDate.now(ZoneOffset.UTC) + "-" + suite.text() + ".txt");
        try (var results = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
            Machine.describe(results);
            results.println("command  benchmarks/run " + suite.text());
            results.println();
            measure(suite, results);
        }
        return file;
    }

    private void measure(Suite suite, PrintStream results) throws Exception {
        List<Class<?>> withJmh = new ArrayList<>();
        for (Class<?> measured : suite.classes()) {
            if (Measurement.class.isAssignableFrom(measured)) {
                ((Measurement) measured.getDeclaredConstructor().newInstance()).measure(results);
                results.println();
            } else {
                withJmh.add(measured);
            }
        }
        if (!withJmh.isEmpty()) {
            List<RunResult> measured = runJmh(withJmh);
            if (isKept()) {
                ResultFormatFactory.getInstance(ResultFormatType.TEXT, results).writeOut(measured);
            }
        }
    }

    private List<RunResult> runJmh(List<Class<?>> benchmarks) throws RunnerException, IOException {
        try {
            var all = new OptionsBuilder().parent(new CommandLineOptions(options.toArray(String[]::new)));
            benchmarks.forEach(benchmark -> all.include("^" + benchmark.getName().replace(".", "\\.") + "\\."));
            return List.copyOf(new Runner(all.build()).run());
        } catch (org.openjdk.jmh.runner.options.CommandLineOptionException e) {
            throw new IllegalArgumentException("options for JMH: " + e.getMessage(), e);
        }
    }
}
