package dev.peerscope.attack;

import java.util.ArrayList;
import java.util.List;

/** What an attack came to: figures, and what did not hold. */
public final class Report {

    private final String name;
    private final List<String> figures = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();

    Report(String name) {
        this.name = name;
    }

    /** A figure, and whether it is what it must be. */
    Report must(boolean holds, String figure) {
        figures.add(holds ? figure : figure + " (MISSED)");
        if (!holds) {
            missed.add(figure);
        }
        return this;
    }

    /** A figure for the reader. */
    Report note(String figure) {
        figures.add(figure);
        return this;
    }

    /** What did not hold; nothing if all is well. */
    public List<String> missed() {
        return List.copyOf(missed);
    }

    /** All of it in a line. */
    public String line() {
        return name + ": " + String.join(", ", figures) + (missed.isEmpty() ? ", ok" : ", FAILED");
    }
}
