package dev.peerscope.api;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem where no controller is reached. */
@Component
final class ProblemWriter {

    private final JsonMapper json;
    private final RequestLimits limits;

    ProblemWriter(JsonMapper json, RequestLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        limits.count(problem);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(json.writeValueAsBytes(problem.at(request.getRequestURI())));
    }
}
