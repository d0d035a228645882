package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manifests as files: each one by itself, and what they say of each other.
class ManifestsTest {
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final Set<String> KUSTOMIZATION_KEYS =
            Set.of("apiVersion", "kind", "labels", "images", "resources", "components", "patches");

    private static JsonNode file(String name) {
        return Deployed.yaml(Deployed.K8S.resolve(name));
    }

    private static List<String> objects() {
        return Deployed.files(Deployed.K8S, ".yaml").stream()
                .filter(name -> !name.endsWith(KUSTOMIZATION))
                .toList();
    }

    private static List<String> kustomizations() {
        return Deployed.files(Deployed.K8S, KUSTOMIZATION);
    }

    @Test
    void eachObjectIsOneThatKubernetesTakes() {
        assertThat(objects())
                .hasSizeGreaterThan(10)
                .allSatisfy(name ->
                        assertThat(KubernetesSchema.fault(file(name))).as(name).isNull());
    }

    @Test
    void eachFileIsNamedAfterItsKind() {
        assertThat(objects()).allSatisfy(name -> {
            String kind = file(name).path("kind").asText().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
            assertThat(Path.of(name).getFileName().toString()).startsWith(kind.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void eachKustomizationSaysKnownThingsAndNamesFilesThatAreThere() {
        assertThat(kustomizations()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(name -> {
            JsonNode kustomization = file(name);
            List<String> keys = new ArrayList<>();
            kustomization.fieldNames().forEachRemaining(keys::add);
            assertThat(keys).as(name).isSubsetOf(KUSTOMIZATION_KEYS);
            assertThat(named(name)).allSatisfy(path -> assertThat(path).exists());
        });
    }

    @Test
    void noFileIsForgotten() {
        Set<Path> used = new TreeSet<>();
        kustomizations().forEach(name -> used.addAll(named(name)));
        assertThat(objects()).allSatisfy(name -> assertThat(used).contains(Deployed.K8S.resolve(name)));
    }

    private static List<Path> named(String kustomization) {
        Path folder = Deployed.K8S.resolve(kustomization).resolveSibling("");
        List<Path> paths = new ArrayList<>();
        for (String key : List.of("resources", "components")) {
            file(kustomization)
                    .path(key)
                    .forEach(path -> paths.add(folder.resolve(path.asText()).normalize()));
        }
        return paths;
    }

    @Test
    void everythingThatSelectsSelectsTheServer() {
        JsonNode labels = file("base/deployment.yaml").at("/spec/template/metadata/labels");
        assertThat(labels).isNotEmpty();
        assertThat(List.of(
                        file("base/deployment.yaml").at("/spec/selector/matchLabels"),
                        file("base/service-https.yaml").at("/spec/selector"),
                        file("base/service-media.yaml").at("/spec/selector"),
                        file("base/service-management.yaml").at("/spec/selector"),
                        file("base/network-policy.yaml").at("/spec/podSelector/matchLabels"),
                        file("base/pod-disruption-budget.yaml").at("/spec/selector/matchLabels")))
                .allSatisfy(selector -> assertThat(selector).isEqualTo(labels));
    }

    @Test
    void portsThatAreNamedAreThere() {
        List<String> ports = new ArrayList<>();
        file("base/deployment.yaml")
                .at("/spec/template/spec/containers/0/ports")
                .forEach(port -> ports.add(port.path("name").asText()));
        for (String service : List.of("https", "media", "management")) {
            JsonNode port = file("base/service-" + service + ".yaml").at("/spec/ports/0");
            assertThat(ports).contains(port.path("targetPort").asText());
        }
        assertThat(file("components/service-monitor/service-monitor.yaml").at("/spec/endpoints/0/port"))
                .isEqualTo(file("base/service-management.yaml").at("/spec/ports/0/name"));
    }

    /// Media goes to the port that candidates name.
    @Test
    void mediaHasOnePortNumberInsideAndOutside() {
        JsonNode config = Deployed.documents(
                        file("base/config-map.yaml").at("/data/parley.yaml").asText())
                .getFirst();
        assertThat(file("base/service-media.yaml").at("/spec/ports/0/port")).isEqualTo(config.path("port"));
        assertThat(file("base/deployment.yaml").at("/spec/template/spec/containers/0/ports/1/containerPort"))
                .isEqualTo(config.path("port"));
    }

    @Test
    void theServerStartsWithTheConfigurationOfTheManifests(@TempDir Path data) {
        Path config = data.resolve("parley.yaml");
        assertThatCode(() -> {
                    Files.writeString(
                            config,
                            file("base/config-map.yaml").at("/data/parley.yaml").asText());
                    ServerProcess.start(data, "--config=" + config).close();
                })
                .doesNotThrowAnyException();
    }
}
