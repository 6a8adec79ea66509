package dev.peerscope.transfer;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import com.sun.management.OperatingSystemMXBean;

/** A program that answers each line of its standard input with one line. */
final class Told {

    private static final OperatingSystemMXBean SYSTEM = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);

    private Told() {}

    @FunctionalInterface
    interface Answer {

        String to(String[] words) throws Exception;
    }

    /** Answers until the input ends; "cpu" with the CPU time of the process in nanoseconds. */
    @SuppressWarnings("SystemOut")
    static void run(Answer answer) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(line.equals("cpu") ? String.valueOf(cpuNanos()) : answer.to(line.split(" ")));
        }
    }

    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
