package dev.peerscope.api;

import java.io.InputStream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
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

    /** Asked for the headers alone, a read has those that it has with its body. */
    @Override
    protected boolean isEligibleForEtag(HttpServletRequest request, HttpServletResponse response, int status,
            InputStream body) {
        return super.isEligibleForEtag(HttpMethod.HEAD.matches(request.getMethod()) ? new WithBody(request) : request,
                response, status, body);
    }

    /** The request for the headers, as the request for headers and body. */
    private static final class WithBody extends HttpServletRequestWrapper {

        WithBody(HttpServletRequest head) {
            super(head);
        }

        @Override
        public String getMethod() {
            return HttpMethod.GET.name();
        }
    }
}
