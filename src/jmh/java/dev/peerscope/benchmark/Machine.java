package dev.peerscope.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.sun.management.OperatingSystemMXBean;

/** What a result depends on beside the code. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Writes it in lines with their names in front. */
    public static void describe(PrintStream to) throws IOException {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        to.println("date     " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        to.printf("machine  %d x %s, %d GiB, %s%n", system.getAvailableProcessors(), processor(),
                Math.round(system.getTotalMemorySize() / (double) (1L << 30)), system.getName());
        to.printf("load     %.1f when it began%n", system.getSystemLoadAverage());
        to.println("JDK      " + System.getProperty("java.vm.name") + " " + Runtime.version());
        to.println("commit   " + System.getProperty("peerscope.commit", "unknown"));
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElseGet(() -> System.getProperty("os.arch"));
        }
    }
}
