package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the servlet container shows when a request ends in an error outside of any controller: a problem, too. */
@Hidden
@RestController
final class ErrorPage implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Problem> problem(HttpServletRequest request) {
        var type = typeOf(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ResponseEntity.status(type.status()).contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
                .body(Problem.of(type, type.exampleDetail()).at(path == null ? "/" : path.toString()));
    }

    private static ProblemType typeOf(Object status) {
        return switch (status instanceof Integer code ? HttpStatus.resolve(code) : null) {
            case NOT_FOUND -> ProblemType.UNKNOWN_PATH;
            case METHOD_NOT_ALLOWED -> ProblemType.METHOD_NOT_ALLOWED;
            case CONTENT_TOO_LARGE -> ProblemType.TOO_LARGE;
            case HttpStatus known when known.is4xxClientError() -> ProblemType.MALFORMED_PARAMETER;
            case null, default -> ProblemType.INTERNAL_ERROR;
        };
    }
}
