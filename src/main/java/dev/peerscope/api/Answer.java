package dev.peerscope.api;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * What a read was answered with.
 *
 * <p>
 * The tag is made from the body, which is what shown state comes down to: it changes when what is shown does and not before, and
 * it means the same after a restart.
 *
 * @param route
 *            the pattern of its path, for meters
 */
record Answer(String contentType, byte[] body, String tag, String route) {

    private static final int TAG_BYTES = 16;
    /** Whoever asks so has something and wants nothing else, whatever it is. */
    private static final String ANY_TAG = "*";

    static Answer of(String contentType, byte[] body, String route) {
        return new Answer(contentType, body, tagOf(body), route);
    }

    private static String tagOf(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            var text = Base64.getUrlEncoder().withoutPadding();
            return "W/\"" + text.encodeToString(Arrays.copyOf(digest, TAG_BYTES)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Sends the body, or 304 to who has it already. Asked for the headers alone, a read has those that it has with its body. */
    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isKnownToAsker(request, response)) {
            return;
        }
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private boolean isKnownToAsker(HttpServletRequest request, HttpServletResponse response) {
        if (ANY_TAG.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setHeader(HttpHeaders.ETAG, tag);
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return true;
        }
        return new ServletWebRequest(request, response).checkNotModified(tag);
    }

    /** As the other one, for a request that no controller has seen: meters are told which one would have. */
    void sendAgain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(observed -> observed.setPathPattern(route));
        send(request, response);
    }
}
