package dev.peerscope.peer;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A block of IP addresses in CIDR notation (RFC 4632), such as {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * <p>
 * Both kinds of address are compared as 128 bits: an IPv4 address as the IPv6 address that maps it ({@code ::ffff:a.b.c.d}), so that
 * both spellings are one address. {@code 0.0.0.0/0} is all of IPv4, and {@code ::/0} is every address.
 *
 * @param high
 *            the first 64 bits
 * @param low
 *            the last 64 bits
 * @param prefixLength
 *            how many bits all addresses of it share, 0 to 128; the others are 0
 */
public record IpNetwork(long high, long low, int prefixLength) {

    /**
     * What is not routed on the Internet: loopback, private (RFC 1918), link-local, the shared space of carriers, container and
     * overlay networks (RFC 6598), and unique local addresses (RFC 4193).
     */
    public static final List<IpNetwork> PRIVATE = List.of(parse("127.0.0.0/8"), parse("10.0.0.0/8"),
            parse("172.16.0.0/12"), parse("192.168.0.0/16"), parse("169.254.0.0/16"), parse("100.64.0.0/10"),
            parse("::1/128"), parse("fc00::/7"), parse("fe80::/10"));

    private static final int BITS = 128;
    private static final int IP4_BITS = 32;
    private static final int IP4_OFFSET = BITS - IP4_BITS;
    /** A network of this length is what one subscriber of IPv6 is given at least. */
    private static final int IP6_SUBSCRIBER = 64;
    private static final long IP4_MAPPED = 0xffff_0000_0000L;
    private static final int BYTES = 16;

    public IpNetwork {
        if (prefixLength < 0 || prefixLength > BITS) {
            throw new IllegalArgumentException("a prefix has 0 to " + BITS + " bits, not " + prefixLength);
        }
        if ((high & ~maskHigh(prefixLength)) != 0 || (low & ~maskLow(prefixLength)) != 0) {
            throw new IllegalArgumentException("it has bits beyond its prefix");
        }
    }

    /**
     * Reads {@code address/length}, or an address alone, which is a network of one.
     *
     * @throws IllegalArgumentException
     *             if it is neither, or has bits beyond its prefix
     */
    public static IpNetwork parse(String text) {
        try {
            int slash = text.indexOf('/');
            String address = slash < 0 ? text : text.substring(0, slash);
            boolean ip4 = address.indexOf(':') < 0;
            byte[] bytes = (ip4 ? AddressText.IP4 : AddressText.IP6).parse(address);
            int most = ip4 ? IP4_BITS : BITS;
            int length = slash < 0 ? most : length(text.substring(slash + 1), most);
            return of(bytes, ip4 ? IP4_OFFSET + length : length);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no network such as 10.0.0.0/8 or fc00::/7: " + e.getMessage());
        }
    }

    /**
     * The network that counts as one address of the Internet: of IPv4 the address itself, of IPv6 the 64 bits that one subscriber has
     * at least, within which he may choose at will.
     */
    public static IpNetwork ofSubscriber(InetAddress address) {
        return ofSubscriber(address.getAddress());
    }

    /** As the other one, of 4 or 16 bytes. */
    static IpNetwork ofSubscriber(byte[] bytes) {
        long first = first(bytes);
        long second = second(bytes);
        return isIp4(first, second)
                ? new IpNetwork(first, second, BITS)
                : new IpNetwork(first, 0, IP6_SUBSCRIBER);
    }

    /** Whether the address is in it. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (first(bytes) & maskHigh(prefixLength)) == high && (second(bytes) & maskLow(prefixLength)) == low;
    }

    /** In CIDR notation; a single address stands alone. */
    @Override
    public String toString() {
        boolean ip4 = prefixLength >= IP4_OFFSET && isIp4(high, low);
        byte[] bytes = ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
        String address = ip4
                ? AddressText.IP4.format(ByteBuffer.allocate(4).putInt((int) low).array())
                : Ip6Text.format(bytes);
        return prefixLength == BITS ? address : address + "/" + (ip4 ? prefixLength - IP4_OFFSET : prefixLength);
    }

    private static IpNetwork of(byte[] bytes, int prefixLength) {
        return new IpNetwork(first(bytes), second(bytes), prefixLength);
    }

    private static int length(String text, int most) {
        boolean plain = text.matches("[0-9]{1,3}");
        int length = plain ? Integer.parseInt(text) : -1;
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("'" + text + "' is not a prefix length of 0 to " + most);
        }
        return length;
    }

    private static boolean isIp4(long high, long low) {
        return high == 0 && low >>> IP4_BITS << IP4_BITS == IP4_MAPPED;
    }

    private static long first(byte[] address) {
        return address.length == BYTES ? ByteBuffer.wrap(address).getLong() : 0;
    }

    private static long second(byte[] address) {
        return address.length == BYTES
                ? ByteBuffer.wrap(address).getLong(Long.BYTES)
                : IP4_MAPPED | Integer.toUnsignedLong(ByteBuffer.wrap(address).getInt());
    }

    private static long maskHigh(int prefixLength) {
        return prefixLength >= Long.SIZE ? -1 : mask(prefixLength);
    }

    private static long maskLow(int prefixLength) {
        return prefixLength <= Long.SIZE ? 0 : mask(prefixLength - Long.SIZE);
    }

    /** The first so many of 64 bits. */
    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << Long.SIZE - bits;
    }
}
