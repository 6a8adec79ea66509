package dev.peerscope.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Says what is wrong with a request of which only the status is known that the servlet container answers it with. */
final class ContainerProblems {

    private static final String DESCRIBED = "; the API is described at /swagger-ui.html";

    private ContainerProblems() {}

    static Problem of(int status, @Nullable Object method) {
        return switch (HttpStatus.resolve(status)) {
            case NOT_FOUND -> Problem.of(ProblemType.UNKNOWN_PATH, "there is nothing here" + DESCRIBED);
            case METHOD_NOT_ALLOWED ->
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, method + " is not possible here" + DESCRIBED);
            case CONTENT_TOO_LARGE -> Problem.of(ProblemType.TOO_LARGE, "the request is larger than what is read");
            case HttpStatus known when known.is4xxClientError() ->
                Problem.of(ProblemType.MALFORMED_PARAMETER, "the request cannot be read" + DESCRIBED);
            case null, default -> Problem.of(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.exampleDetail());
        };
    }
}
