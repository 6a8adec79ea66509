package dev.peerscope.api;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * Gives reads a weak tag and answers 304 to who has that already. The tag is made from the body, which is what a revision comes
 * down to: equal bodies show the same state. Streams have no end to make a tag from and are left alone.
 */
final class WeakEtags extends ShallowEtagHeaderFilter {

    WeakEtags() {
        setWriteWeakETag(true);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.endsWith("/stream") || path.endsWith("/progress");
    }
}
