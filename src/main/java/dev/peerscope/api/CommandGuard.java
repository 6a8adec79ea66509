package dev.peerscope.api;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through what only reads, and of what changes something what brings the operator's token. Where none is configured, only
 * this machine can reach us; but a page from anywhere that is open in a browser here can too, so commands must not come from one.
 */
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
        var refusal = refusal(request);
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (refusal.get().status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        problems.write(request, response, refusal.get());
    }

    private Optional<Problem> refusal(HttpServletRequest request) {
        if (token.allowsCommands() && token.token().isEmpty()) {
            return LocalCaller.foreignHeader(request).map(CommandGuard::foreign);
        }
        return refusal(request.getHeader(HttpHeaders.AUTHORIZATION))
                .map(type -> Problem.of(type, type.exampleDetail()));
    }

    private static Problem foreign(LocalCaller.ForeignHeader header) {
        return Problem.of(ProblemType.FOREIGN_HOST, "the header " + header.name() + " names "
                + ParameterReading.shortened(header.value())
                + "; without an operator token commands are taken only under "
                + "localhost, 127.0.0.1 or [::1]: use one of these, or set peerscope.operator-token and send it");
    }

    private Optional<ProblemType> refusal(@Nullable String authorization) {
        if (!token.allowsCommands()) {
            return Optional.of(ProblemType.OPERATOR_TOKEN_NOT_CONFIGURED);
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(ProblemType.OPERATOR_TOKEN_REQUIRED);
        }
        boolean right = token.matches(authorization.substring(SCHEME.length()).strip());
        return right ? Optional.empty() : Optional.of(ProblemType.OPERATOR_TOKEN_WRONG);
    }
}
