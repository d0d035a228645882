package dev.parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Our own rules for a pod: nothing that it does not need. Stricter than the cluster's "restricted" where that is
/// silent: limits, probes, a root folder that cannot be written.
final class PodPolicy {
    /// What may be reached at the node's own address: pages and media, never management.
    private static final Set<Integer> HOST_PORTS = Set.of(8443);

    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");
    private static final List<String> NAMESPACES = List.of("hostNetwork", "hostPID", "hostIPC");

    private final List<String> findings = new ArrayList<>();

    private PodPolicy() {}

    /// What is against the rules, none for a pod that is not.
    static List<String> findings(JsonNode deployment) {
        PodPolicy policy = new PodPolicy();
        policy.deployment(deployment);
        return policy.findings;
    }

    private void rule(boolean held, String finding) {
        if (!held) {
            findings.add(finding);
        }
    }

    private void deployment(JsonNode deployment) {
        rule(deployment.at("/spec/replicas").asInt() == 1, "replicas must be 1: calls live in one process");
        rule(
                deployment.at("/spec/strategy/type").asText().equals("Recreate"),
                "strategy must be Recreate: two processes must not share the data folder");
        pod(deployment.at("/spec/template/spec"));
    }

    private void pod(JsonNode pod) {
        NAMESPACES.forEach(name -> rule(!pod.path(name).asBoolean(), name + " must not be set"));
        rule(isFalse(pod, "automountServiceAccountToken"), "automountServiceAccountToken must be false");
        rule(isFalse(pod, "enableServiceLinks"), "enableServiceLinks must be false");
        JsonNode security = pod.path("securityContext");
        rule(security.path("runAsNonRoot").asBoolean(), "runAsNonRoot must be true");
        rule(security.path("runAsUser").asInt() > 0, "runAsUser must be a number above 0");
        rule(
                security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                "seccompProfile must be RuntimeDefault");
        rule(
                pod.path("terminationGracePeriodSeconds").asInt() >= 10,
                "terminationGracePeriodSeconds must leave time to say goodbye");
        pod.path("volumes").forEach(volume -> rule(!volume.has("hostPath"), "no folder of the node may be mounted"));
        rule(!pod.path("containers").isEmpty(), "no container");
        pod.path("containers").forEach(this::container);
        pod.path("initContainers").forEach(this::container);
    }

    private void container(JsonNode container) {
        JsonNode security = container.path("securityContext");
        rule(isFalse(security, "allowPrivilegeEscalation"), "allowPrivilegeEscalation must be false");
        rule(!security.path("privileged").asBoolean(), "privileged must not be true");
        rule(security.path("readOnlyRootFilesystem").asBoolean(), "readOnlyRootFilesystem must be true");
        rule(security.at("/capabilities/drop").toString().equals("[\"ALL\"]"), "all capabilities must be dropped");
        rule(security.at("/capabilities/add").isMissingNode(), "no capability may be added");
        for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
            rule(container.at("/resources/requests").has(resource), "no request for " + resource);
            rule(container.at("/resources/limits").has(resource), "no limit for " + resource);
        }
        PROBES.forEach(probe -> rule(container.has(probe), "no " + probe));
        container.path("ports").forEach(this::port);
        String image = container.path("image").asText();
        rule(!image.endsWith(":latest"), "an image must have a version");
    }

    private void port(JsonNode port) {
        int hostPort = port.path("hostPort").asInt();
        rule(
                hostPort == 0 || HOST_PORTS.contains(hostPort),
                "port " + hostPort + " must not be open at the node's address");
    }

    private static boolean isFalse(JsonNode node, String name) {
        return node.has(name) && !node.path(name).asBoolean();
    }
}
