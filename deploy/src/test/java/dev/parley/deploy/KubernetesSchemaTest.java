package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesSchemaTest {
    private static JsonNode file(String name) {
        return Deployed.yaml(Deployed.K8S.resolve(name));
    }

    private static ObjectNode at(JsonNode object, String pointer) {
        return (ObjectNode) object.at(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/metadata",
                "/spec",
                "/spec/strategy",
                "/spec/template/spec",
                "/spec/template/spec/securityContext/seccompProfile",
                "/spec/template/spec/containers/0",
                "/spec/template/spec/containers/0/env/1/valueFrom/fieldRef",
                "/spec/template/spec/containers/0/readinessProbe/httpGet",
                "/spec/template/spec/containers/0/securityContext/capabilities",
                "/spec/template/spec/volumes/0/persistentVolumeClaim"
            })
    void anUnknownFieldIsAFaultOnEveryLevel(String pointer) {
        JsonNode deployment = file("base/deployment.yaml");
        assertThat(KubernetesSchema.fault(deployment)).isNull();
        at(deployment, pointer).put("replica", 1);
        assertThat(KubernetesSchema.fault(deployment)).contains("replica");
    }

    @Test
    void aMissingFieldIsAFault() {
        JsonNode deployment = file("base/deployment.yaml");
        at(deployment, "/spec/template/spec/containers/0").remove("name");
        assertThat(KubernetesSchema.fault(deployment)).contains("name");
        JsonNode unselected = file("base/deployment.yaml");
        at(unselected, "/spec").remove("selector");
        assertThat(KubernetesSchema.fault(unselected)).contains("selector");
    }

    @Test
    void anotherTypeIsAFault() {
        JsonNode replicas = file("base/deployment.yaml");
        at(replicas, "/spec").put("replicas", "one");
        assertThat(KubernetesSchema.fault(replicas)).isNotNull();
        JsonNode ports = file("base/service-https.yaml");
        at(ports, "/spec").put("ports", 443);
        assertThat(KubernetesSchema.fault(ports)).isNotNull();
    }

    @Test
    void anUnknownKindIsAFault() {
        JsonNode deployment = file("base/deployment.yaml");
        ((ObjectNode) deployment).put("apiVersion", "extensions/v1beta1");
        assertThat(KubernetesSchema.fault(deployment)).contains("extensions/v1beta1 Deployment");
    }

    @Test
    void aServiceMonitorHasNoUnknownFieldsEither() {
        String name = "components/service-monitor/service-monitor.yaml";
        assertThat(KubernetesSchema.fault(file(name))).isNull();
        JsonNode endpoint = file(name);
        at(endpoint, "/spec/endpoints/0").put("intervall", "15s");
        assertThat(KubernetesSchema.fault(endpoint)).contains("intervall");
        JsonNode selector = file(name);
        at(selector, "/spec/selector").put("matchLabel", "x");
        assertThat(KubernetesSchema.fault(selector)).contains("matchLabel");
        JsonNode list = file(name);
        at(list, "/spec").set("endpoints", ((ArrayNode) list.at("/spec/endpoints")).get(0));
        assertThat(KubernetesSchema.fault(list)).isNotNull();
    }
}
