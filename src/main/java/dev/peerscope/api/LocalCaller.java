package dev.peerscope.api;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Whether a request was meant for this machine by its name. A browser that was led here by a foreign name, whose owner made it an
 * address of this machine, says that name in {@code Host}; one that runs a foreign page says where the page is from in {@code Origin}.
 */
final class LocalCaller {

    private LocalCaller() {}

    /** A header that speaks of another machine. */
    record ForeignHeader(String name, String value) {}

    /** The header by which a request is known not to be from here. */
    static Optional<ForeignHeader> foreignHeader(HttpServletRequest request) {
        if (!isLoopback(request.getServerName())) {
            return Optional.of(new ForeignHeader(HttpHeaders.HOST, String.valueOf(request.getServerName())));
        }
        return Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)).filter(origin -> !isLoopback(hostOf(origin)))
                .map(origin -> new ForeignHeader(HttpHeaders.ORIGIN, origin));
    }

    /** None of what is no address of a page, such as the {@code null} that a browser says for a page that it shut in. */
    private static @Nullable String hostOf(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Names other than localhost are not looked up: what they resolve to is what may not be trusted. */
    private static boolean isLoopback(@Nullable String host) {
        if (host == null || "localhost".equalsIgnoreCase(host)) {
            return host != null;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
