package dev.peerscope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

@RunningService
class PeerscopeApplicationTest {

    @LocalServerPort
    private int port;

    @Test
    void theStartedServiceReportsItselfUp() {
        var http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();

        var response = http.get().uri("/actuator/health").exchange();

        response.expectStatus().isOk().expectBody().jsonPath("$.status").isEqualTo("UP");
    }

    @Test
    void healthSaysOfEachPartHowItIs() {
        var http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();

        var response = http.get().uri("/actuator/health").exchange();

        response.expectBody().jsonPath("$.components.listener.details.addresses[0]").value(String.class,
                address -> assertThat(address).startsWith("/ip4/127.0.0.1/tcp/"));
    }

    @Test
    void whoOpensItInABrowserIsShownTheApi() {
        var http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();

        var response = http.get().uri("/").exchange();

        response.expectStatus().isFound().expectHeader().valueMatches("Location", ".*/swagger-ui.html");
    }

    @Test
    void metricsAreOfferedToPrometheus() {
        var http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();

        var response = http.get().uri("/actuator/prometheus").exchange();

        response.expectStatus().isOk();
        assertThat(response.returnResult(String.class).getResponseBody()).contains("jvm_memory_used_bytes");
    }
}
