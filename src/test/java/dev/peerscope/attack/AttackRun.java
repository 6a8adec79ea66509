package dev.peerscope.attack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.peerscope.benchmark.Machine;

/**
 * Runs attacks in full, one after the other, and ends with 1 if one of them succeeds. Arguments: names of scenarios, all of them without any;
 * {@code --keep} keeps the figures under {@code src/test/scripts/results}.
 */
public final class AttackRun {

    private static final Path FIGURES = Path.of("target", "attack.txt");
    private static final Path RESULTS = Path.of("src", "test", "scripts", "results");
    private static final String KEEP = "--keep";

    /** As the service is to be used: the sizes, times and numbers of peers that must be borne. */
    private static final List<Scenario> IN_FULL = List.of(
            new MemoryAttack(new MemoryAttack.Target("384m", 400, 10_000), new MemoryAttack.Strength(150, 150, 50),
                    1_000_000, Duration.ofSeconds(120), Duration.ofSeconds(60), true),
            new DownloadAttack(300, 64 * 1024, Duration.ofSeconds(20), Duration.ofMinutes(3), true),
            new RoomAttack(false, 200, 40, Duration.ofSeconds(15), Duration.ofSeconds(15)),
            new RoomAttack(true, 200, 40, Duration.ofSeconds(15), Duration.ofSeconds(30)),
            new LieAttack(8, 40, 16, Duration.ofSeconds(60)),
            new ShutdownAttack(50, 5, 5, Duration.ofSeconds(3), true));

    private AttackRun() {}

    /** What there is to say goes to the standard output. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        var names = new ArrayList<>(List.of(arguments));
        boolean keep = names.remove(KEEP);
        names.removeIf(String::isBlank);
        var chosen = IN_FULL.stream().filter(scenario -> names.isEmpty() || names.contains(scenario.name())).toList();
        if (names.stream().anyMatch(name -> IN_FULL.stream().noneMatch(scenario -> scenario.name().equals(name)))) {
            throw new IllegalArgumentException("scenarios are " + IN_FULL.stream().map(Scenario::name).toList());
        }
        boolean held = true;
        Files.createDirectories(FIGURES.getParent());
        try (var figures = new PrintStream(FIGURES.toFile(), StandardCharsets.UTF_8)) {
            Machine.describe(figures);
            figures.println(("command  src/test/scripts/attack " + String.join(" ", names)).strip());
            figures.println();
            for (var scenario : chosen) {
                System.out.println(scenario.name() + " …");
                var report = run(scenario);
                figures.println(report.line());
                System.out.println(report.line());
                held &= report.missed().isEmpty();
            }
        }
        if (keep) {
            Files.createDirectories(RESULTS);
            Files.copy(FIGURES, RESULTS.resolve(LocalDate.now(ZoneOffset.UTC) + "-attack.txt"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        System.exit(held ? 0 : 1);
    }

    private static Report run(Scenario scenario) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("peerscope-attack");
        try {
            return scenario.run(jar(), folder);
        } catch (AssertionError | RuntimeException e) {
            return new Report(scenario.name()).must(false, "could not be brought to its end: " + e);
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The finished service: the one that is named, or what was built here. */
    private static Path jar() throws IOException {
        var named = System.getenv("PEERSCOPE_JAR");
        if (named != null) {
            return Path.of(named);
        }
        try (var built = Files.newDirectoryStream(Path.of("target"), "peerscope-*.jar")) {
            for (var jar : built) {
                return jar;
            }
        }
        throw new IOException("no target/peerscope-*.jar; src/test/scripts/attack builds it");
    }
}
