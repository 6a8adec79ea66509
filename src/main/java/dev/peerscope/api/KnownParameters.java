package dev.peerscope.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A query means what it says, as a body does: no parameter that the operation does not have, none twice that it has once. A filter
 * that is misspelt would show everything and look like an answer.
 */
final class KnownParameters implements HandlerInterceptor {

    /** Of each operation its parameters by name, and whether one may be given more than once. */
    private final Map<HandlerMethod, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod operation) {
            var expected = known.computeIfAbsent(operation, KnownParameters::of);
            request.getParameterMap().forEach((name, values) -> check(name, values.length, expected));
        }
        return true;
    }

    private static Map<String, Boolean> of(HandlerMethod operation) {
        var parameters = new TreeMap<String, Boolean>();
        Arrays.stream(operation.getMethodParameters()).filter(one -> one.hasParameterAnnotation(RequestParam.class))
                .forEach(one -> parameters.put(String.valueOf(one.getParameter().getName()), isMany(one)));
        return parameters;
    }

    private static boolean isMany(MethodParameter parameter) {
        return Collection.class.isAssignableFrom(parameter.getParameterType());
    }

    private static void check(String name, int times, Map<String, Boolean> expected) {
        var many = expected.get(name);
        if (many == null) {
            throw malformed(name, "there is no such parameter here; "
                    + (expected.isEmpty() ? "none is expected" : "expected " + String.join(", ", expected.keySet())));
        }
        if (times > 1 && !many) {
            throw malformed(name, "given " + times + " times; expected once");
        }
    }

    private static ApiProblem malformed(String name, String why) {
        return new ApiProblem(ProblemType.MALFORMED_PARAMETER, ParameterReading.shortened(name) + ": " + why);
    }
}
