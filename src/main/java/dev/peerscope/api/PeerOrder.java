package dev.peerscope.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.peerscope.view.PeerSort;

/** What a list of peers is sorted by, and in which direction: a sort key, with {@code -} before it for descending. */
record PeerOrder(PeerSort sort, boolean descending) {

    static final String DEFAULT = "connectedAt";

    static PeerOrder parse(String text) {
        boolean descending = text.startsWith("-");
        String key = descending ? text.substring(1) : text;
        return Arrays.stream(PeerSort.values()).filter(sort -> sort.text().equals(key)).findFirst()
                .map(sort -> new PeerOrder(sort, descending))
                .orElseThrow(() -> new UnreadableParameter(ProblemType.UNKNOWN_VALUE,
                        "'" + ParameterReading.shortened(text) + "' is unknown; expected one of "
                                + Arrays.stream(PeerSort.values()).map(PeerSort::text)
                                        .collect(Collectors.joining(", "))
                                + ", with - before it for descending"));
    }

    /** Every word that can be read. */
    static List<String> all() {
        return Arrays.stream(PeerSort.values()).map(PeerSort::text).flatMap(key -> Stream.of(key, "-" + key)).toList();
    }

    /** The word that this was read from. */
    String text() {
        return (descending ? "-" : "") + sort.text();
    }
}
