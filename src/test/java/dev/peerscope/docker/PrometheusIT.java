package dev.peerscope.docker;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import dev.peerscope.Patience;
import dev.peerscope.PeerscopeApplication;
import dev.peerscope.docker.PrometheusRules.Rule;

/** The service as a real Prometheus sees it, with the rules that we hand out. */
@RequiresPrometheus
class PrometheusIT {

    private static final Duration LONGEST = Patience.LONG;
    /** Nobody listens here: the port is reserved and never given out. */
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private static Path folder;
    private static ConfigurableApplicationContext service;
    private static PrometheusProcess prometheus;

    @BeforeAll
    static void startTheServiceAndLetPrometheusScrapeAndEvaluate() throws IOException {
        service = SpringApplication.run(PeerscopeApplication.class, "--server.port=0",
                "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
                "--peerscope.data-directory=" + folder.resolve("peerscope"));
        var port = service.getEnvironment().getRequiredProperty("local.server.port");
        prometheus = PrometheusProcess.start(folder, "127.0.0.1:" + port, NOBODY);
        await().atMost(LONGEST).ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(prometheus.query("up == 1 and on () instance:peerscope_peers:sum"))
                        .hasSize(1));
    }

    @AfterAll
    static void stopBoth() throws InterruptedException {
        if (prometheus != null) {
            prometheus.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void everyRuleIsEvaluatedWithoutError() {
        await().atMost(LONGEST).untilAsserted(() -> assertThat(rules())
                .hasSameSizeAs(PrometheusRules.all())
                .allSatisfy(rule -> assertThat(rule.path("health").asString()).as(rule.toPrettyString())
                        .isEqualTo("ok")));
    }

    @Test
    void aServiceThatAnswersIsQuietAndOneThatDoesNotIsAboutToBeTold() {
        await().atMost(LONGEST).untilAsserted(() -> {
            assertThat(alerts("PeerscopeDown")).extracting(alert -> alert.path("labels").path("instance").asString())
                    .containsExactly(NOBODY);
            assertThat(prometheus.query("ALERTS{alertname!=\"PeerscopeDown\"}")).isEmpty();
        });
    }

    @Test
    void everyMetricThatRulesAndDashboardNameHasArrived() throws Exception {
        var recorded = PrometheusRules.all().stream().map(Rule::name).collect(toSet());

        var arrived = prometheus.get("label/__name__/values").values().stream().map(JsonNode::asString).toList();

        var named = Stream.concat(PrometheusRules.all().stream().map(Rule::expression),
                new Dashboard().queries().stream().map(Dashboard.Query::expression))
                .flatMap(expression -> expression.metrics().stream())
                .filter(name -> !recorded.contains(name))
                .collect(toSet());
        assertThat(arrived).containsAll(named);
    }

    @Test
    void everyQueryOfTheDashboardCanBeAnswered() {
        assertThat(new Dashboard().queries()).allSatisfy(query -> {
            var expression = query.expression().text().replace("$instance", ".*").replace("$__rate_interval", "1m");
            assertThat(prometheus.query(expression)).as(query.panel()).isNotNull();
        });
    }

    private List<JsonNode> rules() throws Exception {
        return prometheus.get("rules").path("groups").values().stream()
                .flatMap(group -> group.path("rules").values().stream()).toList();
    }

    private List<JsonNode> alerts(String name) throws Exception {
        return rules().stream().filter(rule -> rule.path("name").asString().equals(name))
                .flatMap(rule -> rule.path("alerts").values().stream()).toList();
    }
}
