package dev.peerscope.block;

import java.math.BigInteger;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a peer asks for a block: an unsigned 256-bit integer in the smallest unit of its currency.
 *
 * <p>On the wire 32 bytes, big-endian. Prices below 2^63, which is nearly all of them, are kept in one {@code long}.
 */
public final class Price implements Comparable<Price> {

    /** The number of bytes on the wire. */
    public static final int LENGTH = 32;

    /** Free of charge. */
    public static final Price ZERO = new Price(0, null);

    private static final int BITS = 8 * LENGTH;

    /** The value when {@link #large} is absent. */
    private final long small;
    /** The value when it takes more than 63 bits. */
    private final @Nullable BigInteger large;

    private Price(long small, @Nullable BigInteger large) {
        this.small = small;
        this.large = large;
    }

    /**
     * The price of this amount.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public static Price of(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("the price " + amount + " is negative");
        }
        return amount == 0 ? ZERO : new Price(amount, null);
    }

    /**
     * The price of this amount.
     *
     * @throws IllegalArgumentException when it is negative or takes more than 256 bits
     */
    public static Price of(BigInteger amount) {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("the price " + amount + " is negative");
        }
        if (amount.bitLength() > BITS) {
            throw new IllegalArgumentException("the price takes " + amount.bitLength() + " bits, at most " + BITS);
        }
        return amount.bitLength() < Long.SIZE ? of(amount.longValue()) : new Price(0, amount);
    }

    /**
     * The price that these bytes hold, big-endian; fewer than 32 stand for the lower ones, none for zero.
     *
     * @throws IllegalArgumentException when there are more than 32, leading zeros or not
     */
    public static Price ofBytes(byte[] bigEndian) {
        if (bigEndian.length > LENGTH) {
            throw new IllegalArgumentException("the price has " + bigEndian.length + " bytes, at most " + LENGTH);
        }
        return of(new BigInteger(1, bigEndian));
    }

    /** The 32 bytes on the wire, big-endian. */
    public byte[] toBytes32() {
        byte[] bytes = new byte[LENGTH];
        byte[] shortest = value().toByteArray();
        // A value of full width comes with a sign byte in front.
        int length = Math.min(shortest.length, LENGTH);
        System.arraycopy(shortest, shortest.length - length, bytes, LENGTH - length, length);
        return bytes;
    }

    /** The amount. */
    public BigInteger value() {
        return large == null ? BigInteger.valueOf(small) : large;
    }

    @Override
    public int compareTo(Price other) {
        if (large == null && other.large == null) {
            return Long.compare(small, other.small);
        }
        return value().compareTo(other.value());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Price that && small == that.small && Objects.equals(large, that.large);
    }

    @Override
    public int hashCode() {
        return large == null ? Long.hashCode(small) : large.hashCode();
    }

    /** The amount in decimal. */
    @Override
    public String toString() {
        return large == null ? Long.toString(small) : large.toString();
    }
}
