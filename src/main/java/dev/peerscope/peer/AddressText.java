package dev.peerscope.peer;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the value of one multiaddr protocol is written as text and as bytes. */
enum AddressText {
    NONE(0) {
        @Override
        byte[] parse(String text) {
            throw new IllegalStateException("has no value");
        }

        @Override
        String format(byte[] bytes) {
            return "";
        }
    },
    IP4(4) {
        @Override
        byte[] parse(String text) {
            String[] parts = text.split("\\.", -1);
            if (parts.length != 4) {
                throw new IllegalArgumentException("'" + text + "' is not an IPv4 address");
            }
            byte[] bytes = new byte[4];
            for (int i = 0; i < 4; i++) {
                bytes[i] = (byte) number(parts[i], 255, "a part of an IPv4 address");
            }
            return bytes;
        }

        @Override
        String format(byte[] bytes) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
    },
    IP6(16) {
        @Override
        byte[] parse(String text) {
            // A scope is a component of its own (ip6zone); brackets belong to URLs.
            if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
                throw new IllegalArgumentException("'" + text + "' is not an IPv6 address");
            }
            byte[] bytes = Inet6Address.ofLiteral(text).getAddress();
            if (bytes.length == 16) {
                return bytes;
            }
            // The JDK turns ::ffff:a.b.c.d into the IPv4 address that it maps.
            return ByteBuffer.allocate(16).putLong(0).putInt(0xffff).put(bytes).array();
        }

        @Override
        String format(byte[] bytes) {
            return Ip6Text.format(bytes);
        }
    },
    PORT(2) {
        @Override
        byte[] parse(String text) {
            int port = number(text, 65_535, "a port");
            return new byte[]{(byte) (port >> 8), (byte) port};
        }

        @Override
        String format(byte[] bytes) {
            return Integer.toString((bytes[0] & 0xff) << 8 | bytes[1] & 0xff);
        }
    },
    NAME(AddressText.COUNTED) {
        @Override
        byte[] parse(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            format(bytes);
            return bytes;
        }

        @Override
        String format(byte[] bytes) {
            CharBuffer name;
            try {
                name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a name is not UTF-8");
            }
            if (bytes.length == 0 || bytes.length > 255
                    || name.chars().anyMatch(c -> c <= ' ' || c == '/' || c == 0x7f)) {
                throw new IllegalArgumentException(
                        "a name has 1 to 255 bytes and neither slashes, spaces nor control characters");
            }
            return name.toString();
        }
    },
    PEER(AddressText.COUNTED) {
        @Override
        byte[] parse(String text) {
            return PeerId.parse(text).toBytes();
        }

        @Override
        String format(byte[] bytes) {
            return PeerId.decode(bytes).toString();
        }
    },
    MULTIBASE64(AddressText.COUNTED) {
        @Override
        byte[] parse(String text) {
            if (!text.startsWith("u")) {
                throw new IllegalArgumentException("'" + text + "' is not multibase text of kind u");
            }
            return Base64.getUrlDecoder().decode(text.substring(1));
        }

        @Override
        String format(byte[] bytes) {
            return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    };

    /** The size of values that carry their length in front. */
    static final int COUNTED = -1;

    /** Bytes of a value, or {@link #COUNTED}. */
    final int size;

    AddressText(int size) {
        this.size = size;
    }

    abstract byte[] parse(String text);

    abstract String format(byte[] bytes);

    private static int number(String text, int max, String what) {
        boolean plain = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        int value = plain ? Integer.parseInt(text) : -1;
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("'" + text + "' is not " + what);
        }
        return value;
    }
}
