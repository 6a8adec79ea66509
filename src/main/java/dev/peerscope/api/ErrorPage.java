package dev.peerscope.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the servlet container shows when a request ends in an error outside of any controller: a problem, too. */
@Hidden
@RestController
final class ErrorPage implements ErrorController {

    private static final int UNKNOWN = 0;

    @RequestMapping("/error")
    ResponseEntity<Problem> problem(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : UNKNOWN;
        var problem = ContainerProblems.of(status, request.getAttribute(RequestDispatcher.ERROR_METHOD));
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ResponseEntity.status(problem.status()).contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
                .body(problem.at(path == null ? "/" : path.toString()));
    }
}
