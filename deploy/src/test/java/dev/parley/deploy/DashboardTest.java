package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("\\bparley_[a-z0-9_]+");

    private final Dashboard dashboard = Dashboard.read();

    /// The metrics that a server has, with the series that a histogram consists of.
    private static Set<String> metrics() throws IOException {
        try (var file = Objects.requireNonNull(DashboardTest.class.getResourceAsStream("/metrics.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" "))
                    .flatMap(words -> series(words[2], words[3]))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// The series that a query would name.
    private static Stream<String> series(String metric, String type) {
        return switch (type) {
            case "histogram" -> Stream.of(metric + "_bucket");
            case "summary" -> Stream.of(metric + "_sum", metric + "_count");
            default -> Stream.of(metric);
        };
    }

    private static Set<String> named(String text) {
        Matcher metrics = METRIC.matcher(text);
        return metrics.results().map(match -> match.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itAndTheAlertsNameMetricsThatThereAre() throws IOException {
        assertThat(named(String.join("\n", dashboard.queries()))).isNotEmpty().isSubsetOf(metrics());
        for (JsonNode rule :
                Deployed.yaml(Deployed.MONITORING.resolve("parley-alerts.yml")).at("/groups/0/rules")) {
            assertThat(named(rule.path("expr").asText())).isSubsetOf(metrics());
        }
    }

    @Test
    void itShowsEveryMetric() throws IOException {
        Set<String> shown = named(String.join("\n", dashboard.queries()));
        shown.addAll(Set.of("parley_build_info", "parley_join_seconds_max"));
        assertThat(shown).containsAll(metrics());
    }

    @Test
    void panelsHaveTitlesUnitsAndOneIdEach() {
        Set<Integer> ids = new HashSet<>();
        assertThat(dashboard.panels()).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
        });
    }

    @Test
    void panelsDoNotOverlap() {
        List<JsonNode> placed = new ArrayList<>();
        for (JsonNode panel : dashboard.root().path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            assertThat(placed).noneMatch(other -> overlap(at, other));
            placed.add(at);
        }
    }

    private static boolean overlap(JsonNode a, JsonNode b) {
        return a.path("x").asInt() < b.path("x").asInt() + b.path("w").asInt()
                && b.path("x").asInt() < a.path("x").asInt() + a.path("w").asInt()
                && a.path("y").asInt() < b.path("y").asInt() + b.path("h").asInt()
                && b.path("y").asInt() < a.path("y").asInt() + a.path("h").asInt();
    }
}
