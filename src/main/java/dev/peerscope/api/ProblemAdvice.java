package dev.peerscope.api;

import java.io.IOException;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import dev.peerscope.journal.ArchiveFailed;
import dev.peerscope.journal.TooManySubscribers;
import dev.peerscope.limit.LimitName;
import dev.peerscope.node.LimitMetException;
import dev.peerscope.node.NodeBusy;
import dev.peerscope.node.NodeNotRunning;
import dev.peerscope.node.UnusableContent;
import dev.peerscope.view.BitfieldTooLong;
import dev.peerscope.view.NoPastHaveSet;
import dev.peerscope.view.NodeNotReady;

/** Turns every failure of a request into a problem. */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final RequestLimits limits;

    ProblemAdvice(RequestLimits limits) {
        this.limits = limits;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> handle(Exception failure, HttpServletRequest request) {
        if (failure instanceof IOException || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("client hung up: path={} reason={}", request.getRequestURI(), failure.getMessage());
            return null;
        }
        var problem = problemOf(failure, request);
        limits.count(problem);
        var headers = failure instanceof ErrorResponse response ? response.getHeaders() : HttpHeaders.EMPTY;
        return ResponseEntity.status(problem.status()).headers(headers)
                .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE)).body(problem.at(request.getRequestURI()));
    }

    private static Problem problemOf(Exception failure, HttpServletRequest request) {
        return switch (failure) {
            case ApiProblem known -> known.problem();
            case MethodArgumentTypeMismatchException mismatch -> unreadable(mismatch);
            case HttpMessageNotReadableException body -> BodyProblems.of(body);
            case NodeNotReady notReady -> notReady(notReady);
            case NodeBusy busy -> notReady(busy);
            case NodeNotRunning notRunning -> notReady(notRunning);
            case LimitMetException met ->
                Problem.of(ProblemType.LIMIT_MET, sentence(met)).withLimit(met.limit());
            case TooManySubscribers readers -> Problem.of(ProblemType.LIMIT_MET,
                    sentence(readers) + "; close one first").withLimit(LimitName.STREAM_SUBSCRIBERS);
            case NoPastHaveSet past -> noPast(past);
            case ArchiveFailed archive -> historyUnavailable(archive);
            case UnusableContent content -> Problem.of(ProblemType.UNUSABLE_CONTENT, sentence(content));
            case BitfieldTooLong tooLong ->
                Problem.of(ProblemType.TOO_LARGE, sentence(tooLong) + "; ask for application/json to get ranges")
                        .withLimit(LimitName.BITFIELD);
            default -> ofFramework(failure, request);
        };
    }

    private static Problem unreadable(MethodArgumentTypeMismatchException mismatch) {
        for (Throwable cause = mismatch; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableParameter unreadable) {
                return Problem.of(unreadable.type(), mismatch.getName() + ": " + unreadable.getMessage());
            }
        }
        return Problem.of(ProblemType.MALFORMED_PARAMETER, mismatch.getName() + ": '"
                + ParameterReading.shortened(String.valueOf(mismatch.getValue())) + "' cannot be read");
    }

    private static Problem notReady(RuntimeException failure) {
        return Problem.of(ProblemType.NOT_READY,
                sentence(failure) + "; try again in a moment, and see /actuator/health");
    }

    private static Problem historyUnavailable(ArchiveFailed failure) {
        return Problem.of(ProblemType.HISTORY_UNAVAILABLE, sentence(failure)
                + "; give the disk of peerscope.data-directory room or mend it: it is tried again every 2 s, and /actuator/health "
                + "says when it works; what peers have and want now is answered meanwhile");
    }

    private static Problem noPast(NoPastHaveSet past) {
        var problem = Problem.of(ProblemType.HISTORY_NOT_KEPT, sentence(past));
        return past.earliest().map(problem::withEarliest).orElse(problem);
    }

    private static String sentence(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static Problem ofFramework(Exception failure, HttpServletRequest request) {
        return switch (failure) {
            case HttpRequestMethodNotSupportedException method -> Problem.of(ProblemType.METHOD_NOT_ALLOWED,
                    method.getMethod() + " is not possible here; use " + allowed(method));
            case HttpMediaTypeNotSupportedException _ -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    ProblemType.UNSUPPORTED_MEDIA_TYPE.exampleDetail());
            case HttpMediaTypeNotAcceptableException accept -> Problem.of(ProblemType.NOT_ACCEPTABLE,
                    "the answer can be had as " + accept.getSupportedMediaTypes().stream().map(MediaType::toString)
                            .collect(Collectors.joining(", ")));
            case NoResourceFoundException _,NoHandlerFoundException _ -> Problem.of(ProblemType.UNKNOWN_PATH,
                    "there is nothing under " + ParameterReading.shortened(request.getRequestURI())
                            + "; the API is described at /swagger-ui.html");
            case InvalidParameterException _ -> Problem.of(ProblemType.MALFORMED_PARAMETER,
                    "the query cannot be read; expected names and values of percent-encoded UTF-8");
            case ErrorResponse response when response.getStatusCode().is4xxClientError() ->
                Problem.of(ProblemType.MALFORMED_PARAMETER, String.valueOf(response.getBody().getDetail()));
            default -> {
                LOG.error("a request failed unexpectedly: method={} path={}", request.getMethod(),
                        request.getRequestURI(), failure);
                yield Problem.of(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.exampleDetail());
            }
        };
    }

    private static String allowed(HttpRequestMethodNotSupportedException failure) {
        var methods = failure.getSupportedHttpMethods();
        return methods == null ? "another method"
                : methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(" or "));
    }
}
