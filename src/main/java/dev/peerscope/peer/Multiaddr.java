package dev.peerscope.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An address that names each protocol on the way, such as {@code /ip4/127.0.0.1/tcp/8070/p2p/16Uiu2…}.
 *
 * @see <a href="https://github.com/multiformats/multiaddr">multiaddr</a>
 */
public final class Multiaddr {

    private static final int TEXT_MAX = 1024;
    private static final Set<MultiaddrProtocol> HOSTS = EnumSet.of(MultiaddrProtocol.IP4, MultiaddrProtocol.IP6,
            MultiaddrProtocol.DNS, MultiaddrProtocol.DNS4, MultiaddrProtocol.DNS6);

    private final List<Component> components;

    private Multiaddr(List<Component> components) {
        this.components = List.copyOf(components);
    }

    /**
     * Reads the text form.
     *
     * @throws InvalidMultiaddr
     *             if it is malformed or names an unknown protocol
     */
    public static Multiaddr parse(String text) {
        if (text.length() < 2 || text.length() > TEXT_MAX || text.charAt(0) != '/') {
            throw new InvalidMultiaddr(
                    "a multiaddr starts with / and has 2 to " + TEXT_MAX + " characters: '" + excerpt(text) + "'");
        }
        var parts = List.of(text.substring(1).split("/", -1)).iterator();
        var components = new ArrayList<Component>();
        while (parts.hasNext()) {
            var protocol = MultiaddrProtocol.byName(parts.next());
            if (protocol.value == AddressText.NONE) {
                components.add(new Component(protocol, new byte[0]));
            } else if (parts.hasNext()) {
                components.add(Component.parse(protocol, parts.next()));
            } else {
                throw new InvalidMultiaddr("/" + protocol.text + " lacks its value in '" + text + "'");
            }
        }
        return new Multiaddr(components);
    }

    /**
     * Reads the binary form.
     *
     * @throws InvalidMultiaddr
     *             if it is malformed or names an unknown protocol
     */
    public static Multiaddr decode(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > TEXT_MAX) {
            throw new InvalidMultiaddr("a multiaddr has 1 to " + TEXT_MAX + " bytes, this one " + bytes.length);
        }
        try {
            var reader = new ByteReader(bytes);
            var components = new ArrayList<Component>();
            while (reader.hasMore()) {
                components.add(Component.read(reader));
            }
            return new Multiaddr(components);
        } catch (InvalidMultiaddr e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidMultiaddr("not a multiaddr: " + e.getMessage());
        }
    }

    /** The address of a TCP socket; it must be resolved. */
    public static Multiaddr ofTcp(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address == null) {
            throw new InvalidMultiaddr("'" + socket.getHostString() + "' is not resolved");
        }
        byte[] ip = address.getAddress();
        var host = new Component(ip.length == 4 ? MultiaddrProtocol.IP4 : MultiaddrProtocol.IP6, ip);
        return new Multiaddr(
                List.of(host, Component.parse(MultiaddrProtocol.TCP, Integer.toString(socket.getPort()))));
    }

    /** The binary form. */
    public byte[] encode() {
        var writer = new ByteWriter();
        components.forEach(component -> component.write(writer));
        return writer.toBytes();
    }

    /** The IP address or DNS name at its front, if it has one. */
    public Optional<String> host() {
        return components.stream().limit(1).filter(c -> HOSTS.contains(c.protocol)).map(Component::text).findFirst();
    }

    /** Where in the Internet it is; empty where it begins with a name. */
    public Optional<IpNetwork> subscriber() {
        return components.stream().limit(1)
                .filter(c -> c.protocol == MultiaddrProtocol.IP4 || c.protocol == MultiaddrProtocol.IP6)
                .map(c -> IpNetwork.ofSubscriber(c.value)).findFirst();
    }

    /** The first TCP port in it, if there is one. */
    public OptionalInt tcpPort() {
        return components.stream().filter(c -> c.protocol == MultiaddrProtocol.TCP)
                .mapToInt(c -> Integer.parseInt(c.text())).findFirst();
    }

    /** The peer that it ends at, if it says so. */
    public Optional<PeerId> peerId() {
        var last = components.getLast();
        return last.protocol == MultiaddrProtocol.P2P ? Optional.of(PeerId.decode(last.value)) : Optional.empty();
    }

    /** Whether it is a host and a TCP port and nothing else but perhaps a peer id: what this software can dial. */
    public boolean isPlainTcp() {
        var bare = withoutPeerId().components;
        return bare.size() == 2 && HOSTS.contains(bare.get(0).protocol)
                && bare.get(1).protocol == MultiaddrProtocol.TCP;
    }

    /** The same address without the peer id at its end; an address that is only a peer id stays as it is. */
    public Multiaddr withoutPeerId() {
        boolean bare = components.size() == 1 || components.getLast().protocol != MultiaddrProtocol.P2P;
        return bare ? this : new Multiaddr(components.subList(0, components.size() - 1));
    }

    /** The same address, ending at this peer. */
    public Multiaddr withPeerId(PeerId peer) {
        var extended = new ArrayList<>(withoutPeerId().components);
        extended.add(new Component(MultiaddrProtocol.P2P, peer.toBytes()));
        return new Multiaddr(extended);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiaddr that && components.equals(that.components);
    }

    @Override
    public int hashCode() {
        return components.hashCode();
    }

    /** The text form. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var component : components) {
            text.append('/').append(component.protocol.text);
            if (component.protocol.value != AddressText.NONE) {
                text.append('/').append(component.text());
            }
        }
        return text.toString();
    }

    private static String excerpt(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }

    /** One protocol with its value, known to be well formed. */
    private record Component(MultiaddrProtocol protocol, byte[] value) {

        static Component parse(MultiaddrProtocol protocol, String text) {
            try {
                return new Component(protocol, protocol.value.parse(text));
            } catch (IllegalArgumentException e) {
                throw new InvalidMultiaddr("/" + protocol.text + ": " + e.getMessage());
            }
        }

        static Component read(ByteReader reader) {
            var protocol = MultiaddrProtocol.byCode(reader.varint());
            int size = protocol.value.size;
            byte[] value = size == AddressText.COUNTED
                    ? reader.counted("the value of /" + protocol.text)
                    : reader.take(size, "the value of /" + protocol.text);
            var component = new Component(protocol, value);
            component.text();
            return component;
        }

        void write(ByteWriter writer) {
            writer.varint(protocol.code);
            if (protocol.value.size == AddressText.COUNTED) {
                writer.counted(value);
            } else {
                writer.raw(value);
            }
        }

        String text() {
            return protocol.value.format(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Component that && protocol == that.protocol && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * protocol.hashCode() + Arrays.hashCode(value);
        }
    }
}
