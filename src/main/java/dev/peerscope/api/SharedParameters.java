package dev.peerscope.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import dev.peerscope.view.Examples;

/** Describes, once for all operations, the parameters that many of them have, and the shape of a problem. */
final class SharedParameters implements OpenApiCustomizer {

    private static final Map<String, String> DESCRIPTIONS = Map.of("peerId", "Peer id in its usual text form",
            "treeCid",
            "CID of a dataset's tree, in any multibase", "cid", "CID of a block on its own, in any multibase", "index",
            "Number of the leaf, from 0", "cursor", "`nextCursor` of the page before; none for the first page", "limit",
            "How many items the page has at most", "id", "Id as it was given when it was made");

    private static final Map<String, Object> EXAMPLES = Map.ofEntries(Map.entry("peerId", Examples.PEER_ID),
            Map.entry("treeCid", Examples.TREE_CID), Map.entry("cid", Examples.BLOCK_CID), Map.entry("index", 12),
            Map.entry("cursor", Examples.CURSOR), Map.entry("limit", Integer.valueOf(Limit.DEFAULT)),
            Map.entry("buckets", Integer.valueOf(Limit.DEFAULT)), Map.entry("id", Examples.ID),
            Map.entry("at", Examples.TIME), Map.entry("since", Examples.TIME), Map.entry("until", Examples.LATER),
            Map.entry("change", List.of("added", "removed")), Map.entry("reason", List.of("announced")),
            Map.entry("order", "newest"), Map.entry("state", "connected"), Map.entry("sort", "-haveCount"),
            Map.entry("agent", "Codex"), Map.entry("sequence", 1812), Map.entry("Last-Event-ID", 1811));

    @Override
    public void customise(OpenAPI openApi) {
        ModelConverters.getInstance(true).read(Problem.class)
                .forEach((name, schema) -> openApi.getComponents().addSchemas(name, schema));
        openApi.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                .flatMap(SharedParameters::parameters).forEach(SharedParameters::complete);
    }

    private static Stream<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream();
    }

    private static void complete(Parameter parameter) {
        String name = parameter.getName();
        if (parameter.getDescription() == null) {
            parameter.setDescription(DESCRIPTIONS.get(name));
        }
        parameter.setExample(EXAMPLES.get(name));
        switch (name) {
            case "limit", "buckets" -> parameter.setSchema(number(1, Limit.MAX, Integer.valueOf(Limit.DEFAULT)));
            case "index", "sequence", "Last-Event-ID" -> parameter.setSchema(number(0, Long.MAX_VALUE, null));
            case "order", "state" -> asWord(parameter.getSchema());
            case "sort" -> parameter.setSchema(new StringSchema()._enum(PeerOrder.all())._default(PeerOrder.DEFAULT));
            default -> {
                // Read well enough from the controller.
            }
        }
    }

    private static Schema<Number> number(long min, long max, @Nullable Number byDefault) {
        var schema = new IntegerSchema().format("int64").minimum(BigDecimal.valueOf(min))
                .maximum(BigDecimal.valueOf(max));
        if (byDefault != null) {
            // Without one there is no default: null would be shown as such.
            schema.setDefault(byDefault);
        }
        return schema;
    }

    /** The default of a word is read from the controller as the constant that it stands for. */
    @SuppressWarnings("unchecked")
    private static void asWord(Schema<?> schema) {
        if (schema.getDefault() instanceof Enum<?> constant) {
            ((Schema<Object>) schema).setDefault(ParameterReading.wordOf(constant));
        }
    }
}
