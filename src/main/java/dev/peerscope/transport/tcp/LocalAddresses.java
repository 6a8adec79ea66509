package dev.peerscope.transport.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

import dev.peerscope.peer.Multiaddr;

/** The addresses at which a bound socket can be reached. */
final class LocalAddresses {

    private LocalAddresses() {}

    /** One address, or for a wildcard those of every network interface that is up, of the same kind. */
    static List<Multiaddr> of(InetSocketAddress bound) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return List.of(Multiaddr.ofTcp(bound));
        }
        try {
            return NetworkInterface.networkInterfaces().filter(LocalAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses).filter(address -> isReachable(address, bound))
                    .map(address -> Multiaddr.ofTcp(new InetSocketAddress(address, bound.getPort()))).toList();
        } catch (SocketException e) {
            return List.of(Multiaddr.ofTcp(bound));
        }
    }

    private static boolean isReachable(InetAddress address, InetSocketAddress bound) {
        // A link-local address means nothing without the name of an interface of the machine that it is dialled from.
        return address.getClass() == bound.getAddress().getClass() && !address.isLinkLocalAddress();
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
