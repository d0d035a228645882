package dev.parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The dashboard as a tree, and its queries as Prometheus gets them.
final class Dashboard {
    private final JsonNode root;

    private Dashboard(JsonNode root) {
        this.root = root;
    }

    static Dashboard read() {
        try {
            return new Dashboard(JsonMapper.builder()
                    .build()
                    .readTree(Deployed.read(Deployed.MONITORING.resolve("grafana-dashboard.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    /// All but the headings.
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        root.path("panels").forEach(panel -> {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    /// As Grafana would send them: every variable filled in.
    List<String> queries() {
        List<String> queries = new ArrayList<>();
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> queries.add(filledIn(target.path("expr").asText()))));
        root.at("/annotations/list")
                .forEach(annotation ->
                        queries.add(filledIn(annotation.path("expr").asText())));
        return queries;
    }

    private static String filledIn(String query) {
        return query.replace("$instance", ".*").replace("$__rate_interval", "1m");
    }
}
