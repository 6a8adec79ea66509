package dev.peerscope.api;

import java.util.Map;
import java.util.stream.Stream;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Describes, once for all operations, the parameters that many of them have, and the shape of a problem. */
final class SharedParameters implements OpenApiCustomizer {

    private static final Map<String, String> DESCRIPTIONS = Map.of("peerId", "Peer id in its usual text form",
            "treeCid",
            "CID of a dataset's tree, in any multibase", "cid", "CID of a block on its own, in any multibase", "index",
            "Number of the leaf, from 0", "cursor", "`nextCursor` of the page before; none for the first page", "limit",
            "How many items the page has at most", "id", "Id as it was given when it was made");

    @Override
    public void customise(OpenAPI openApi) {
        ModelConverters.getInstance(true).read(Problem.class)
                .forEach((name, schema) -> openApi.getComponents().addSchemas(name, schema));
        openApi.getPaths().values().stream().map(PathItem::readOperations).flatMap(operations -> operations.stream())
                .flatMap(SharedParameters::parameters).filter(parameter -> parameter.getDescription() == null)
                .forEach(parameter -> parameter.setDescription(DESCRIPTIONS.get(parameter.getName())));
    }

    private static Stream<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream();
    }
}
