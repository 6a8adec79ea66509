package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.limit.LimitRegister;

class CommandGuardTest {

    private static final OperatorToken WITH_TOKEN = new OperatorToken(Optional.of("s3cret"), false);
    private static final OperatorToken LOOPBACK = new OperatorToken(Optional.empty(), true);
    private static final OperatorToken OPEN_TO_THE_WORLD = new OperatorToken(Optional.empty(), false);

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readsAreOpenToAll(String method) throws Exception {
        assertThat(answer(WITH_TOKEN, method, null).getStatus()).isEqualTo(200);
        assertThat(answer(OPEN_TO_THE_WORLD, method, null).getStatus()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "PUT", "PATCH"})
    void commandsAreOpenWhereOnlyThisMachineCanReachUs(String method) throws Exception {
        assertThat(answer(LOOPBACK, method, null).getStatus()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"none, 401, operator-token-required",
            "s3cret, 401, operator-token-required",
            "Basic s3cret, 401, operator-token-required", "Bearer, 401, operator-token-required",
            "Bearer wrong, 403, operator-token-wrong", "Bearer s3cret2, 403, operator-token-wrong"})
    void aCommandWithoutTheTokenIsRefused(String authorization, int status, String type) throws Exception {
        var answer = answer(WITH_TOKEN, "POST", authorization);

        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.getContentAsByteArray()).get("type").asString())
                .isEqualTo("urn:peerscope:problem:" + type);
        assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo(status == 401 ? "Bearer" : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer s3cret", "bearer s3cret", "Bearer  s3cret "})
    void aCommandWithTheTokenIsLetThrough(String authorization) throws Exception {
        assertThat(answer(WITH_TOKEN, "DELETE", authorization).getStatus()).isEqualTo(200);
    }

    @Test
    void withoutATokenAServiceOpenToTheWorldRefusesCommandsAndSaysHowToConfigureOne() throws Exception {
        var answer = answer(OPEN_TO_THE_WORLD, "POST", "Bearer anything");

        assertThat(answer.getStatus()).isEqualTo(403);
        assertThat(answer.getContentAsString()).contains("operator-token-not-configured", "peerscope.operator-token",
                "PEERSCOPE_OPERATOR_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8090", "LOCALHOST", "127.0.0.1:8090", "127.9.8.7", "[::1]:8090", "[::1]"})
    void whereOnlyThisMachineCanReachUsACommandIsTakenUnderItsNames(String host) throws Exception {
        assertThat(answer(LOOPBACK, command("Host", host)).getStatus()).isEqualTo(200);
        assertThat(answer(LOOPBACK, command("Origin", "http://" + host)).getStatus()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"Host, evil.example", "Host, evil.example:8090", "Host, 127.0.0.1.evil.example",
            "Host, localhost.evil.example",
            "Host, 192.0.2.7:8090", "Origin, http://evil.example", "Origin, http://localhost.evil.example:8090",
            "Origin, https://192.0.2.7", "Origin, null", "Origin, http://[", "Origin, ''"})
    void aCommandFromAForeignPageIsRefusedAndItsHeaderNamed(String header, String value) throws Exception {
        var answer = answer(LOOPBACK, command(header, value));

        assertThat(answer.getStatus()).isEqualTo(403);
        assertThat(answer.getContentAsString()).contains("urn:peerscope:problem:foreign-host",
                "the header " + header + " names " + value.replace(":8090", header.equals("Host") ? "" : ":8090"),
                "peerscope.operator-token");
    }

    @Test
    void aCommandWithTheTokenMayComeUnderAnyName() throws Exception {
        var request = command("Host", "peerscope.example");
        request.addHeader("Authorization", "Bearer s3cret");

        assertThat(answer(WITH_TOKEN, request).getStatus()).isEqualTo(200);
    }

    private static MockHttpServletRequest command(String header, String value) {
        var request = new MockHttpServletRequest("POST", "/api/v1/watches");
        request.addHeader(header, value);
        return request;
    }

    private static MockHttpServletResponse answer(OperatorToken token, String method, String authorization)
            throws Exception {
        var request = new MockHttpServletRequest(method, "/api/v1/peers");
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        return answer(token, request);
    }

    private static MockHttpServletResponse answer(OperatorToken token, MockHttpServletRequest request)
            throws Exception {
        var response = new MockHttpServletResponse();
        new CommandGuard(token, new ProblemWriter(JsonMapper.shared(), new RequestLimits(new LimitRegister())))
                .doFilter(
                        request, response,
                        new MockFilterChain());
        return response;
    }
}
