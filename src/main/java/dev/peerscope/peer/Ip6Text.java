package dev.peerscope.peer;

/** The canonical text of an IPv6 address (RFC 5952). */
final class Ip6Text {

    private static final int GROUPS = 8;

    private Ip6Text() {}

    static String format(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
        }
        int gap = longestZeroRun(groups);
        int gapEnd = gap + zeroRun(groups, gap);
        if (gapEnd - gap < 2) {
            return join(groups, 0, GROUPS);
        }
        return join(groups, 0, gap) + "::" + join(groups, gapEnd, GROUPS);
    }

    /** The first of the longest runs of zero groups. */
    private static int longestZeroRun(int[] groups) {
        int best = 0;
        for (int i = 1; i < GROUPS; i++) {
            if (zeroRun(groups, i) > zeroRun(groups, best)) {
                best = i;
            }
        }
        return best;
    }

    private static int zeroRun(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String join(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
