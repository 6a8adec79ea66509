package dev.peerscope.api;

import java.util.stream.Collectors;

import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON body, without the words of the library that reads it. */
final class BodyProblems {

    private static final String OBJECT_EXPECTED = "a JSON object is expected as the body";

    private BodyProblems() {}

    static Problem of(HttpMessageNotReadableException failure) {
        return Problem.of(ProblemType.MALFORMED_BODY, switch (failure.getCause()) {
            case UnrecognizedPropertyException unknown ->
                "unknown field '" + ParameterReading.shortened(unknown.getPropertyName()) + "'; expected "
                        + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted()
                                .collect(Collectors.joining(", "));
            case StreamReadException syntax -> "the body is no JSON, or names a field twice: see " + place(syntax);
            case DatabindException mismatch when mismatch.getPath().isEmpty() -> OBJECT_EXPECTED;
            case DatabindException mismatch ->
                "field '" + field(mismatch) + "' has a value of the wrong kind: see " + place(mismatch);
            case null, default -> OBJECT_EXPECTED;
        });
    }

    private static String field(DatabindException mismatch) {
        return mismatch.getPath().stream().map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]"
                : step.getPropertyName()).collect(Collectors.joining("."));
    }

    private static String place(JacksonException failure) {
        var location = failure.getLocation();
        return location == null ? "its beginning"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
