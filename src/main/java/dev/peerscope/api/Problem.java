package dev.peerscope.api;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.view.Examples;

/**
 * The body of a failure, as RFC 9457 shapes it.
 *
 * @param step with a dial that failed
 * @param limit with a limit that was met
 * @param earliest with a time that the history does not reach back to
 */
@Schema(name = "Problem", description = "A failure, as RFC 9457 shapes it.")
record Problem(
        @Schema(description = "What kind of failure; never changes", example = "urn:peerscope:problem:unknown-peer") String type,
        @Schema(description = "The same for people", example = "Unknown peer") String title,
        @Schema(description = "The HTTP status", example = "404") int status,
        @Schema(description = "What is wrong here and what to do", example = "peer 16Uiu2HAm… is neither connected nor among those that are remembered") String detail,
        @Schema(description = "The path that was asked", example = "/api/v1/peers/16Uiu2HAm…") @Nullable String instance,
        @Schema(description = "How far a dial came", allowableValues = {
                "connect", "security", "identity", "muxer", "join"}, example = "connect") @Nullable String step,
        @Schema(description = "The name of the limit that was met; see GET /api/v1/limits", example = "want-holders") @Nullable String limit,
        @Schema(description = "The earliest time that the history reaches back to", example = Examples.TIME) @Nullable Instant earliest) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemType type, String detail) {
        return new Problem(type.urn(), type.title(), type.status().value(), detail, null, null, null, null);
    }

    Problem at(String path) {
        return new Problem(type, title, status, detail, path, step, limit, earliest);
    }

    Problem withStep(String failedStep) {
        return new Problem(type, title, status, detail, instance, failedStep, limit, earliest);
    }

    Problem withLimit(LimitName met) {
        return new Problem(type, title, status, detail, instance, step, met.text(), earliest);
    }

    Problem withEarliest(Instant time) {
        return new Problem(type, title, status, detail, instance, step, limit, time);
    }
}
