package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodPolicyTest {
    private static JsonNode deployment() {
        return Deployed.yaml(Deployed.K8S.resolve("base/deployment.yaml"));
    }

    @Test
    @DisplayName("hostile H01 the manifests hold to every rule")
    void hostile_H01_theManifestsHoldToEveryRule() {
        assertThat(PodPolicy.findings(deployment())).isEmpty();
    }

    /// Each protection by itself: without it there is a finding.
    @ParameterizedTest
    @CsvSource({
        "/spec, replicas, 1",
        "/spec/strategy, type, 1",
        "/spec/template/spec, automountServiceAccountToken, 1",
        "/spec/template/spec, enableServiceLinks, 1",
        "/spec/template/spec, terminationGracePeriodSeconds, 1",
        "/spec/template/spec, securityContext, 3",
        "/spec/template/spec/securityContext, runAsNonRoot, 1",
        "/spec/template/spec/securityContext, runAsUser, 1",
        "/spec/template/spec/securityContext, seccompProfile, 1",
        "/spec/template/spec, containers, 1",
        "/spec/template/spec/containers/0, securityContext, 3",
        "/spec/template/spec/containers/0/securityContext, allowPrivilegeEscalation, 1",
        "/spec/template/spec/containers/0/securityContext, readOnlyRootFilesystem, 1",
        "/spec/template/spec/containers/0/securityContext, capabilities, 1",
        "/spec/template/spec/containers/0, resources, 6",
        "/spec/template/spec/containers/0/resources/limits, memory, 1",
        "/spec/template/spec/containers/0, startupProbe, 1",
        "/spec/template/spec/containers/0, livenessProbe, 1",
        "/spec/template/spec/containers/0, readinessProbe, 1"
    })
    void findsEachProtectionThatIsMissing(String pointer, String name, int findings) {
        JsonNode deployment = deployment();
        assertThat(((ObjectNode) deployment.at(pointer)).remove(name)).isNotNull();
        assertThat(PodPolicy.findings(deployment)).hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource({
        "/spec, replicas, 2",
        "/spec/template/spec, hostNetwork, true",
        "/spec/template/spec, hostPID, true",
        "/spec/template/spec, hostIPC, true",
        "/spec/template/spec/securityContext, runAsUser, 0",
        "/spec/template/spec/containers/0/securityContext, privileged, true",
        "/spec/template/spec/containers/0/ports/2, hostPort, 9464",
        "/spec/template/spec/containers/0, image, parley:latest"
    })
    void findsEachThingTooMany(String pointer, String name, String value) {
        JsonNode deployment = deployment();
        ((ObjectNode) deployment.at(pointer))
                .set(name, Deployed.documents(value).getFirst());
        assertThat(PodPolicy.findings(deployment)).hasSize(1);
    }

    @Test
    void findsFoldersOfTheNodeAndAddedCapabilities() {
        JsonNode deployment = deployment();
        ((ObjectNode) deployment.at("/spec/template/spec/volumes/2")).putObject("hostPath");
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0/securityContext/capabilities"))
                .putArray("add")
                .add("NET_BIND_SERVICE");
        assertThat(PodPolicy.findings(deployment))
                .containsExactly("no folder of the node may be mounted", "no capability may be added");
    }
}
