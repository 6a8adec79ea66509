package dev.peerscope.docker;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One expression of Prometheus' query language: which metrics, labels and values of labels it names. */
record PromQl(String text) {

    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"");
    private static final Pattern LABELS_OF_A_METRIC = Pattern.compile("\\{[^}]*}");
    private static final Pattern WINDOW = Pattern.compile("\\[[^]]*]");
    private static final Pattern LABELS_OF_AN_OPERATOR = Pattern
            .compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[!=][=~]?\\s*\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?!\\s*\\()(?![\\w:])");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    /** The names of metrics: what is neither a function, a label, a value, a duration nor an operator. */
    Set<String> metrics() {
        return without(STRING, LABELS_OF_A_METRIC, WINDOW, LABELS_OF_AN_OPERATOR)
                .filter(name -> !WORDS.contains(name))
                .collect(toCollection(TreeSet::new));
    }

    /** Every value that it compares a label with; the words of an alternative each for itself. */
    Set<LabelValue> labelValues() {
        return MATCHER.matcher(text).results()
                .flatMap(found -> Stream.of(found.group(2).split("\\|"))
                        .map(word -> new LabelValue(found.group(1), word)))
                .collect(toSet());
    }

    /** A value of a label. */
    record LabelValue(String label, String value) {}

    /** The labels by which it groups, or which it sums away. */
    Set<String> groupingLabels() {
        return LABELS_OF_AN_OPERATOR.matcher(text).results()
                .flatMap(found -> Stream.of(found.group(1).split(",")).map(String::strip))
                .collect(toSet());
    }

    private Stream<String> without(Pattern... patterns) {
        var rest = text;
        for (var pattern : patterns) {
            rest = pattern.matcher(rest).replaceAll(" ");
        }
        return NAME.matcher(rest).results().map(MatchResult::group);
    }
}
