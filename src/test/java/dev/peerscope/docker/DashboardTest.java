package dev.peerscope.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardTest {

    private final Dashboard dashboard = new Dashboard();

    @Test
    void aReaderFindsPeersHaveSetsChurnLifetimesWantsTransfersLoadAndLimits() {
        assertThat(dashboard.rows()).containsExactly("At a glance", "Peers", "Have-sets", "Churn", "Lifetimes", "Wants",
                "Transfers", "Engine load", "Limits");
    }

    @Test
    void everyPanelSaysWhatItShowsAndAsksTheChosenDataSource() {
        assertThat(dashboard.panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("description").asString()).as(panel.path("title").asString()).endsWith(".");
            assertThat(panel.path("targets").values()).isNotEmpty();
            assertThat(panel.path("targets").values())
                    .extracting(target -> target.path("datasource").path("uid").asString())
                    .containsOnly("${datasource}");
        });
    }

    @Test
    void everyQueryHoldsToTheChosenInstances() {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            var metrics = query.expression().text().split("instance=~\"\\$instance\"", -1).length - 1;
            assertThat(metrics).as(query.panel()).isGreaterThanOrEqualTo(query.expression().metrics().size());
        });
    }

    @Test
    void panelsDoNotOverlapAndHaveIdsOfTheirOwn() {
        var panels = dashboard.panels();

        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        for (var one : panels) {
            assertThat(panels).filteredOn(other -> overlap(one, other)).as("what lies where %s lies", one.path("title"))
                    .containsExactly(one);
        }
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return spansMeet(one, other, "x", "w") && spansMeet(one, other, "y", "h");
    }

    private static boolean spansMeet(JsonNode one, JsonNode other, String start, String length) {
        return at(one, start) < at(other, start) + at(other, length)
                && at(other, start) < at(one, start) + at(one, length);
    }

    private static int at(JsonNode panel, String field) {
        return panel.path("gridPos").path(field).asInt();
    }
}
