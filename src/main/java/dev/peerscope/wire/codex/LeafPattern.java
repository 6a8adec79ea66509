package dev.peerscope.wire.codex;

import java.util.Arrays;

import dev.peerscope.wire.ProtobufWriter;
import dev.peerscope.wire.Slice;

/**
 * Recognises presence records that repeat an earlier one of their message in all but the leaf's index, and so need no
 * walk: the same bytes mean the same.
 *
 * <p>A record is {@code tag | length | head | index | tail}. Tag and length of its address take one byte each. The head is
 * the address up to the index, which is its last field; the tail is all that follows the address. For 1,024 leaves of one
 * tree two comparisons replace the reading of seven fields (figures in
 * {@code docs/decisions/0010-hand-written-wire-codec.md}).
 *
 * <p>The head known here is of the tree whose runs are open whenever one of them has a tail: both are learned together,
 * and another tree closes the runs.
 */
final class LeafPattern {

    /** Field 1 of a presence, with a length. */
    private static final byte ADDRESS_TAG = CodexFields.Presence.ADDRESS << 3 | 2;
    private static final int TAG_AND_LENGTH = 2;
    /** An index of more bytes, 2^28 and up, is left to the walk. */
    private static final int INDEX_BYTES_MAX = 4;

    private int headFrom;
    private int headLength;

    LeafPattern() {
        forget();
    }

    /** Starts a message: its bytes are others. */
    void forget() {
        headFrom = 0;
        headLength = 0;
    }

    /**
     * Learns from a leaf's record that was read field by field and just added to its run; one of another layout teaches
     * nothing.
     *
     * @param record the whole record, free of unknown fields
     * @param address the address that counted
     * @param index where the index that counted stands
     */
    void learn(long record, long address, long index, PresenceRuns runs) {
        boolean fits = !Slice.isAbsent(index) && Slice.from(address) == Slice.from(record) + TAG_AND_LENGTH
                && Slice.to(index) == Slice.to(address);
        if (fits) {
            headFrom = Slice.from(address);
            headLength = Slice.from(index) - headFrom;
            runs.markLast(Slice.of(Slice.to(address), Slice.to(record)));
        }
    }

    /**
     * Adds the record to the run of an earlier one if it repeats it.
     *
     * @return false when the record must be read; nothing has been added then
     */
    boolean extendRun(byte[] bytes, long record, PresenceRuns runs) {
        int from = Slice.from(record);
        int to = Slice.to(record);
        int indexFrom = from + TAG_AND_LENGTH + headLength;
        if (headLength == 0 || indexFrom >= to || bytes[from] != ADDRESS_TAG
                || !Arrays.equals(bytes, from + TAG_AND_LENGTH, indexFrom, bytes, headFrom, headFrom + headLength)) {
            return false;
        }
        int end = Math.min(to, indexFrom + INDEX_BYTES_MAX);
        int at = indexFrom;
        long index = 0;
        byte next;
        do {
            next = bytes[at];
            index |= (next & 0x7fL) << 7 * (at - indexFrom);
            at++;
        } while (next < 0 && at < end);
        boolean isWholeAddress = next >= 0 && at - indexFrom == ProtobufWriter.varintLength(index)
                && bytes[from + 1] == at - from - TAG_AND_LENGTH;
        return isWholeAddress && runs.extend(bytes, Slice.of(at, to), index);
    }
}
