package dev.peerscope.api;

import java.io.IOException;
import java.util.Collections;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.node.ExchangeNode;

/**
 * Gives reads a weak tag and answers 304 to who has that already; a read that {@link ShowsState} is made once and given again
 * while the revisions of node and journal stand. Streams go through as they are.
 */
final class TaggedReads extends OncePerRequestFilter {

    private final ExchangeNode node;
    private final ChangeJournal journal;
    private final RecentAnswers recent;

    TaggedReads(ExchangeNode node, ChangeJournal journal, RecentAnswers recent) {
        this.node = node;
        this.journal = journal;
        this.recent = recent;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String method = request.getMethod();
        return !(HttpMethod.GET.matches(method) || HttpMethod.HEAD.matches(method));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Read before the answer is made: one that shows a change made meanwhile is not found any more, and that is all.
        // Neither revision ever goes back, so their sum stands only while both do.
        long revision = node.revision() + journal.revision();
        String asked = identityOf(request);
        var known = recent.find(asked, revision);
        if (known.isPresent()) {
            known.get().sendAgain(request, response);
            return;
        }
        var buffered = new TaggableResponse(response);
        chain.doFilter(request, buffered);
        if (buffered.isStream()) {
            return;
        }
        if (buffered.getStatus() != HttpServletResponse.SC_OK) {
            buffered.copyBodyToResponse();
            return;
        }
        var answer = Answer.of(String.valueOf(buffered.getContentType()), buffered.getContentAsByteArray(),
                String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
        if (showsState(request)) {
            recent.keep(asked, revision, answer);
        }
        answer.send(request, response);
    }

    /** What an answer depends on, beside the state. Lines of {@code Accept} mean what one with all of them would. */
    private static String identityOf(HttpServletRequest request) {
        return request.getRequestURI() + "?" + request.getQueryString() + " "
                + String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    }

    private static boolean showsState(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler) {
            var shows = handler.getMethodAnnotation(ShowsState.class);
            return shows != null && (shows.unless().isEmpty() || request.getParameter(shows.unless()) == null);
        }
        return false;
    }
}
