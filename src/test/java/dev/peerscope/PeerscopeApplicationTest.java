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
    void theApiCanBeReadAndTriedInABrowser() {
        var http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();

        var page = http.get().uri("/swagger-ui/index.html").exchange();

        page.expectStatus().isOk();
        assertThat(page.returnResult(String.class).getResponseBody()).contains("swagger-ui-bundle.js");
        http.get().uri("/swagger-ui/swagger-ui-bundle.js").exchange().expectStatus().isOk();
        http.get().uri("/swagger-ui.html").exchange().expectStatus().isFound().expectHeader().valueMatches("Location",
                ".*/swagger-ui/index.html.*");
    }

    @Test
    void metricsAreOfferedToPrometheus() {
        var http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();

        var response = http.get().uri("/actuator/prometheus").exchange();

        response.expectStatus().isOk();
        assertThat(response.returnResult(String.class).getResponseBody()).contains("jvm_memory_used_bytes");
    }
}
