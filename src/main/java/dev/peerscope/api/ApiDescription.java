package dev.peerscope.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import dev.peerscope.block.Cid;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.Order;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.PeerState;

/** How the API describes itself at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    static final String TOKEN_SCHEME = "operatorToken";

    ApiDescription() {
        SpringDocUtils.getConfig().replaceWithSchema(PeerId.class, new StringSchema())
                .replaceWithSchema(Cid.class, new StringSchema()).replaceWithSchema(LeafIndex.class, new StringSchema())
                .replaceWithSchema(SequenceNumber.class, new StringSchema())
                .replaceWithSchema(Limit.class, new StringSchema())
                .replaceWithSchema(PeerOrder.class, new StringSchema())
                .replaceWithSchema(PeerState.class, words(PeerState.class))
                .replaceWithSchema(Order.class, words(Order.class))
                .replaceWithSchema(PresenceChange.class, words(PresenceChange.class))
                .replaceWithSchema(PresenceReason.class, words(PresenceReason.class));
    }

    private static <E extends Enum<E>> Schema<?> words(Class<E> type) {
        return new StringSchema()._enum(ParameterReading.wordsOf(type));
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI().addServersItem(new Server().url("/").description("This service"))
                .info(new Info().title("Peerscope").version("v1")
                        .license(new License().name("Apache-2.0")
                                .url("https://www.apache.org/licenses/LICENSE-2.0"))
                        .description(
                                "Joins a Codex swarm as a peer and shows what every other peer has, wants and changes. "
                                        + "Instants are ISO-8601 UTC; amounts are decimal strings; a set of leaf indices is a string of "
                                        + "inclusive ranges. Lists are pages: give `nextCursor` as `cursor` for the next one. Reads "
                                        + "carry a weak ETag and answer 304 to an `If-None-Match` that names it. Failures are problem details (RFC 9457). Commands need the operator's "
                                        + "token where one is configured."))
                .components(new Components().addSecuritySchemes(TOKEN_SCHEME,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                                .description("The operator's token, peerscope.operator-token")));
    }

    @Bean
    OperationCustomizer describedProblems() {
        return new ProblemResponses();
    }

    @Bean
    OpenApiCustomizer describedCursors() {
        return new SharedParameters();
    }
}
