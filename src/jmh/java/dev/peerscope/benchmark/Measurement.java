package dev.peerscope.benchmark;

import java.io.PrintStream;

/** A measurement that JMH cannot take: of a whole process, or of memory. Has a constructor without arguments. */
public interface Measurement {

    /**
     * Measures, and writes a table of what came out.
     *
     * @param results where the table goes; everything else goes to the standard output
     */
    void measure(PrintStream results) throws Exception;
}
