package dev.peerscope.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation's description the problems that it names, with an example of each, and whether it needs a token. */
final class ProblemResponses implements OperationCustomizer {

    private static final List<ProblemType> OF_COMMANDS = List.of(ProblemType.OPERATOR_TOKEN_REQUIRED,
            ProblemType.OPERATOR_TOKEN_WRONG,
            ProblemType.OPERATOR_TOKEN_NOT_CONFIGURED, ProblemType.FOREIGN_HOST);

    private static final List<ProblemType> OF_ALL = List.of(ProblemType.MALFORMED_PARAMETER,
            ProblemType.INTERNAL_ERROR);

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        var named = handler.getMethodAnnotation(Problems.class);
        if (named == null) {
            return operation;
        }
        boolean command = isCommand(handler);
        if (command) {
            operation.addSecurityItem(new SecurityRequirement().addList(ApiDescription.TOKEN_SCHEME));
        }
        var problems = Stream.concat(Arrays.stream(named.value()),
                Stream.concat(command ? OF_COMMANDS.stream() : Stream.empty(), OF_ALL.stream()));
        Map<Integer, List<ProblemType>> byStatus = problems.collect(Collectors
                .groupingBy(type -> type.status().value(), LinkedHashMap::new, Collectors.toList()));
        byStatus.forEach(
                (status, types) -> operation.getResponses().addApiResponse(status.toString(), response(types)));
        return operation;
    }

    private static boolean isCommand(HandlerMethod handler) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        return mapping != null && !Arrays.asList(mapping.method()).contains(RequestMethod.GET);
    }

    private static ApiResponse response(List<ProblemType> types) {
        var body = new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"));
        types.forEach(type -> body.addExamples(type.urn(), new Example().summary(type.title())
                .value(Problem.of(type, type.exampleDetail()))));
        return new ApiResponse().description(types.stream().map(ProblemType::title).collect(Collectors.joining("; ")))
                .content(new Content().addMediaType(Problem.MEDIA_TYPE, body));
    }
}
