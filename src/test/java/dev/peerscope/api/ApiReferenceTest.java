package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.ReferenceDocument;
import dev.peerscope.RunningService;
import dev.peerscope.block.Cid;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.Examples;

/** The API's description of itself is whole, and the checked-in copy is the same. */
@RunningService
class ApiReferenceTest {

    @LocalServerPort
    private int port;

    private JsonNode document;

    @BeforeEach
    void readDocument() {
        document = new Http(port).get("/v3/api-docs").json();
    }

    /** An operation and where it stands. */
    private record Operation(String place, JsonNode description) {}

    @Test
    void theCheckedInCopyIsUpToDate() throws IOException {
        var sorted = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

        new ReferenceDocument("openapi.json")
                .isUpToDateWith(sorted.writeValueAsString(sorted.convertValue(document, Map.class)) + "\n");
    }

    @Test
    void everyOperationSaysWhatItDoesAndWhatItAnswers() {
        var softly = new SoftAssertions();
        for (var operation : operations()) {
            var description = operation.description();
            softly.assertThat(description.path("summary").asString("")).as(operation.place()).isNotBlank();
            softly.assertThat(description.path("description").asString("")).as(operation.place()).isNotBlank();
            softly.assertThat(description.path("tags")).as(operation.place()).isNotEmpty();
            softly.assertThat(description.path("responses").propertyNames()).as(operation.place())
                    .anyMatch(status -> status.startsWith("2")).contains("500");
        }
        softly.assertAll();
    }

    @Test
    void everyProblemOfAnOperationHasAnExample() {
        var softly = new SoftAssertions();
        for (var operation : operations()) {
            operation.description().get("responses").forEachEntry((status, response) -> {
                if (!status.startsWith("2")) {
                    var body = response.at("/content/application~1problem+json");
                    softly.assertThat(body.path("examples")).as(operation.place() + " " + status).isNotEmpty();
                    softly.assertThat(body.at("/schema/$ref").asString("")).isEqualTo("#/components/schemas/Problem");
                }
            });
        }
        softly.assertAll();
    }

    @Test
    void everyParameterAndEveryFieldIsDescribed() {
        var softly = new SoftAssertions();
        for (var operation : operations()) {
            operation.description().path("parameters").forEach(parameter -> softly
                    .assertThat(parameter.path("description").asString("")).as(operation.place() + " " + parameter)
                    .isNotBlank());
            operation.description().path("parameters").forEach(parameter -> softly.assertThat(parameter.has("example"))
                    .as(operation.place() + " " + parameter).isTrue());
        }
        document.at("/components/schemas").forEachEntry((name, schema) -> schema.path("properties")
                .forEachEntry((field, property) -> softly.assertThat(isDescribed(property))
                        .as(name + "." + field + " " + property).isTrue()));
        softly.assertAll();
    }

    /** Pages and single changes are read from the disk, which may fail; a stream has begun by then, and ends. */
    @Test
    void readsOfTheHistorySayThatItMayNotBeReadable() {
        assertThat(operations()).filteredOn(operation -> operation.place().contains("/presence-changes")
                && !operation.place().endsWith("/stream")).hasSize(3)
                .allSatisfy(operation -> assertThat(operation.description().path("responses").has("503"))
                        .as(operation.place()).isTrue());
    }

    @Test
    void everyScalarFieldHasAnExample() {
        var softly = new SoftAssertions();
        document.at("/components/schemas").forEachEntry((name, schema) -> schema.path("properties")
                .forEachEntry((field, property) -> {
                    if (!property.has("$ref") && !"items".equals(field) && !property.at("/items/$ref").isString()) {
                        softly.assertThat(property.has("example") || property.has("examples"))
                                .as(name + "." + field + " " + property).isTrue();
                    }
                }));
        softly.assertAll();
    }

    @Test
    void noNameOfAJavaConstantIsShown() {
        var softly = new SoftAssertions();
        for (var operation : operations()) {
            operation.description().path("parameters").forEach(parameter -> softly
                    .assertThat(parameter.path("schema").toString()).as(operation.place())
                    .doesNotContainPattern("\"[A-Z][A-Z_]+\""));
        }
        softly.assertAll();
    }

    @Test
    void theExamplesAreReal() {
        assertThat(PeerId.parse(Examples.PEER_ID)).hasToString(Examples.PEER_ID);
        assertThat(PeerId.parse(Examples.OTHER_PEER_ID)).hasToString(Examples.OTHER_PEER_ID);
        assertThat(Multiaddr.parse(Examples.FULL_ADDRESS)).hasToString(Examples.FULL_ADDRESS);
        assertThat(List.of(Examples.TREE_CID, Examples.BLOCK_CID, Examples.MANIFEST_CID))
                .allSatisfy(cid -> assertThat(Cid.parse(cid)).hasToString(cid));
    }

    private static boolean isDescribed(JsonNode property) {
        return property.has("$ref") || !property.path("description").asString("").isBlank();
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths").forEachEntry((path, item) -> item.forEachEntry(
                (method, description) -> operations.add(new Operation(method + " " + path, description))));
        return operations;
    }
}
