package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a cluster gets of each overlay, as kubectl renders it.
class OverlaysTest {
    private final List<JsonNode> objects = new ArrayList<>();
    private Tool kubectl = new Tool("kubectl");

    @BeforeEach
    void findTool() throws Exception {
        kubectl = Tool.need("kubectl");
        Assumptions.assumeTrue(
                kubectl.run("version", "--client").text().contains("Kustomize Version: v5"),
                "this kubectl knows no components");
    }

    private void render(String overlay) throws Exception {
        Tool.Said said = kubectl.run(
                "kustomize", Deployed.K8S.resolve("overlays").resolve(overlay).toString());
        assertThat(said.exitCode()).as(said.text()).isZero();
        objects.addAll(Deployed.documents(said.text()));
    }

    private JsonNode object(String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name));
    }

    private JsonNode container() {
        return object("Deployment", "parley").at("/spec/template/spec/containers/0");
    }

    private JsonNode variable(String name) {
        for (JsonNode variable : container().path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable;
            }
        }
        throw new AssertionError(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host-port", "load-balancer"})
    void everyObjectHoldsToSchemaAndRules(String overlay) throws Exception {
        render(overlay);
        assertThat(objects).hasSize(11).allSatisfy(object -> {
            assertThat(KubernetesSchema.fault(object)).isNull();
            assertThat(object.at("/metadata/labels/app.kubernetes.io~1name").asText())
                    .isEqualTo("parley");
        });
        assertThat(PodPolicy.findings(object("Deployment", "parley"))).isEmpty();
        assertThat(container().path("image").asText()).isEqualTo("parley:0.1.0");
    }

    @Test
    void hostPortsArePagesAndMediaAndNothingElse() throws Exception {
        render("host-port");
        List<String> open = new ArrayList<>();
        container().path("ports").forEach(port -> {
            if (port.has("hostPort")) {
                open.add(port.path("hostPort").asText() + "/"
                        + port.path("protocol").asText());
            }
        });
        assertThat(open).containsExactly("8443/TCP", "8443/UDP");
        assertThat(variable("PARLEY_PUBLIC_ADDRESS")
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asText())
                .isEqualTo("status.hostIP");
        assertThat(variable("PARLEY_MANAGEMENT_ADDRESS")
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asText())
                .isEqualTo("status.podIP");
    }

    @Test
    void loadBalancersTakePagesAndMediaAndManagementStaysInside() throws Exception {
        render("load-balancer");
        for (String name : List.of("parley", "parley-media")) {
            assertThat(object("Service", name).at("/spec/type").asText()).isEqualTo("LoadBalancer");
            assertThat(object("Service", name).at("/spec/externalTrafficPolicy").asText())
                    .isEqualTo("Local");
        }
        assertThat(object("Service", "parley-management").at("/spec/type").isMissingNode())
                .isTrue();
        String cert = variable("PARLEY_CERT").path("value").asText();
        List<String> mounted = new ArrayList<>();
        container()
                .path("volumeMounts")
                .forEach(mount -> mounted.add(mount.path("mountPath").asText()));
        assertThat(mounted).contains(Objects.requireNonNull(cert).replace("/tls.crt", ""));
    }
}
