package dev.peerscope.wire;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Gives bytes that come again the value they had before, instead of parsing them to a new one.
 *
 * <p>For the few trees and prices that the thousands of records of a stream are about. The table is small and searched one
 * by one, the last hit first; when it is full, the oldest makes room.
 */
public final class InternTable<T> {

    private final Parser<T> parser;
    private final byte[][] keys;
    private final @Nullable T[] values;
    private int lastHit;
    private int used;
    private int oldest;

    /**
     * @param size values kept at most
     */
    public InternTable(int size, Parser<T> parser) {
        this.parser = parser;
        this.keys = new byte[size][];
        this.values = newValues(size);
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T[] newValues(int size) {
        return (@Nullable T[]) new Object[size];
    }

    /** Turns a part of an array into a value. */
    @FunctionalInterface
    public interface Parser<T> {

        /** The value of the bytes; throws what it likes when they have none. */
        T parse(byte[] bytes, int offset, int length);
    }

    /** The value of these bytes; what the parser throws passes through and is not kept. */
    public T get(byte[] bytes, long slice) {
        int from = Slice.from(slice);
        int to = Slice.to(slice);
        if (used > 0 && isKey(lastHit, bytes, from, to)) {
            return Objects.requireNonNull(values[lastHit]);
        }
        for (int i = 0; i < used; i++) {
            if (isKey(i, bytes, from, to)) {
                lastHit = i;
                return Objects.requireNonNull(values[i]);
            }
        }
        return add(bytes, from, to);
    }

    private boolean isKey(int i, byte[] bytes, int from, int to) {
        return Arrays.equals(keys[i], 0, keys[i].length, bytes, from, to);
    }

    private T add(byte[] bytes, int from, int to) {
        T value = parser.parse(bytes, from, to - from);
        int place = used < keys.length ? used++ : oldest++ % keys.length;
        keys[place] = Arrays.copyOfRange(bytes, from, to);
        values[place] = value;
        lastHit = place;
        return value;
    }
}
