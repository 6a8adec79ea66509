package dev.peerscope.block;

import dev.peerscope.block.InvalidBlockRanges.Reason;

/** Reads {@code "0-499,510"}: inclusive ranges and single indices in any order, overlapping or not. */
final class BlockRangesParser {

    private static final int SHOWN_MAX = 40;

    private final String text;
    private final int rangesMax;

    BlockRangesParser(String text, int rangesMax) {
        this.text = text;
        this.rangesMax = rangesMax;
    }

    BlockRanges parse() {
        if (text.isEmpty()) {
            return BlockRanges.EMPTY;
        }
        BlockRanges.Builder ranges = BlockRanges.builder();
        int read = 0;
        int start = 0;
        while (start <= text.length()) {
            if (read++ == rangesMax) {
                throw new InvalidBlockRanges(Reason.TOO_MANY_RANGES, "more than " + rangesMax + " ranges");
            }
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            readRange(text.substring(start, end), start, ranges);
            start = end + 1;
        }
        return ranges.build();
    }

    private static void readRange(String part, int at, BlockRanges.Builder ranges) {
        int dash = part.indexOf('-');
        if (dash < 0) {
            ranges.add(readIndex(part, part, at));
            return;
        }
        long first = readIndex(part.substring(0, dash), part, at);
        long last = readIndex(part.substring(dash + 1), part, at);
        if (last < first) {
            throw new InvalidBlockRanges(Reason.DESCENDING, shown(part, at) + " ends before it starts");
        }
        ranges.add(first, last);
    }

    private static long readIndex(String digits, String part, int at) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidBlockRanges(Reason.MALFORMED,
                    shown(part, at) + " is neither an index such as 12 nor a range such as 12-34");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new InvalidBlockRanges(Reason.INDEX_TOO_LARGE,
                    shown(part, at) + " holds an index above " + Long.MAX_VALUE);
        }
    }

    private static String shown(String part, int at) {
        String cut = part.length() > SHOWN_MAX ? part.substring(0, SHOWN_MAX) + "…" : part;
        return "'" + cut + "' at character " + (at + 1);
    }
}
