package dev.peerscope.transport.tcp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.peerscope.peer.Multiaddr;

/** Finds the socket address of a multiaddr. */
final class AddressResolution {

    private AddressResolution() {}

    /** Fails with an {@link UnknownHostException}, or with a time-out. */
    static CompletableFuture<InetSocketAddress> resolve(Multiaddr address, Duration limit) {
        var host = address.host().orElseThrow();
        int port = address.tcpPort().orElseThrow();
        Predicate<InetAddress> wanted = switch (address.toString().split("/", 3)[1]) {
            case "ip4", "dns4" -> Inet4Address.class::isInstance;
            case "ip6", "dns6" -> Inet6Address.class::isInstance;
            default -> any -> true;
        };
        // The system's resolver blocks, which an event loop must not do.
        return CompletableFuture.supplyAsync(() -> new InetSocketAddress(first(host, wanted), port),
                task -> Thread.ofVirtual().name("resolve-" + host).start(task))
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static InetAddress first(String host, Predicate<InetAddress> wanted) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).filter(wanted).findFirst()
                    .orElseThrow(() -> new UnknownHostException(host + " has no address of the wanted kind"));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
