package dev.peerscope.transport.tcp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

import dev.peerscope.peer.Multiaddr;

/** The addresses at which a bound socket can be reached. */
final class LocalAddresses {

    private LocalAddresses() {}

    /**
     * One address, or for a wildcard those of every network interface that is up, of the kind that was asked for.
     *
     * @param asked what was to be bound
     * @param bound what the socket says that it is bound to, with the port that it got
     */
    static List<Multiaddr> of(Multiaddr asked, InetSocketAddress bound) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return List.of(Multiaddr.ofTcp(bound));
        }
        try {
            return NetworkInterface.networkInterfaces().filter(LocalAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses).filter(address -> isReachable(address, asked))
                    .map(address -> Multiaddr.ofTcp(new InetSocketAddress(address, bound.getPort()))).toList();
        } catch (SocketException e) {
            return List.of(Multiaddr.ofTcp(bound));
        }
    }

    private static boolean isReachable(InetAddress address, Multiaddr asked) {
        // The socket itself does not know: where there is IPv6 it calls any wildcard "::".
        boolean wanted = asked.toString().startsWith("/ip4/") ? address instanceof Inet4Address
                : address instanceof Inet6Address;
        // A link-local address means nothing without the name of an interface of the machine that it is dialled from.
        return wanted && !address.isLinkLocalAddress();
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
