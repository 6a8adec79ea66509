package dev.peerscope.api;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets through what only reads, and of what changes something what brings the operator's token. */
final class CommandGuard extends OncePerRequestFilter {

    private static final Set<String> READING_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String SCHEME = "Bearer ";

    private final OperatorToken token;
    private final ProblemWriter problems;

    CommandGuard(OperatorToken token, ProblemWriter problems) {
        this.token = token;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING_METHODS.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var refusal = refusal(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (refusal.get() == ProblemType.OPERATOR_TOKEN_REQUIRED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        problems.write(request, response, Problem.of(refusal.get(), refusal.get().exampleDetail()));
    }

    private Optional<ProblemType> refusal(String authorization) {
        if (!token.allowsCommands()) {
            return Optional.of(ProblemType.OPERATOR_TOKEN_NOT_CONFIGURED);
        }
        if (token.token().isEmpty()) {
            return Optional.empty();
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(ProblemType.OPERATOR_TOKEN_REQUIRED);
        }
        boolean right = token.matches(authorization.substring(SCHEME.length()).strip());
        return right ? Optional.empty() : Optional.of(ProblemType.OPERATOR_TOKEN_WRONG);
    }
}
