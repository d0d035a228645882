package dev.parley.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether an object is one that Kubernetes would take, by the models that its project makes from its own API: no
/// field that is not there, none missing, none of another type.
final class KubernetesSchema {
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// Checks one level and all below it; throws at the first fault.
    private record Model(Class<?> type, Check check) {
        interface Check {
            void element(JsonElement object) throws IOException;
        }
    }

    private static final Map<String, Model> MODELS = Map.of(
            "v1 ConfigMap", new Model(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
            "v1 Secret", new Model(V1Secret.class, V1Secret::validateJsonElement),
            "v1 Service", new Model(V1Service.class, V1Service::validateJsonElement),
            "v1 ServiceAccount", new Model(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "v1 PersistentVolumeClaim",
                    new Model(V1PersistentVolumeClaim.class, V1PersistentVolumeClaim::validateJsonElement),
            "apps/v1 Deployment", new Model(V1Deployment.class, V1Deployment::validateJsonElement),
            "networking.k8s.io/v1 NetworkPolicy",
                    new Model(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
            "policy/v1 PodDisruptionBudget",
                    new Model(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement));

    private KubernetesSchema() {}

    /// What is wrong, or null.
    static @Nullable String fault(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        if (kind.equals("monitoring.coreos.com/v1 ServiceMonitor")) {
            return monitorFault(object);
        }
        Model model = MODELS.get(kind);
        if (model == null) {
            return "'" + kind + "' is none of the kinds that are known here";
        }
        JsonElement json = JsonParser.parseString(object.toString());
        try {
            model.check().element(json);
            return JSON.getGson().fromJson(json, (Type) model.type()) == null ? "nothing" : null;
        } catch (IOException | RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Its model keeps what it does not know, on every level: writing it out again shows it beside what it knows.
    private static @Nullable String monitorFault(JsonNode object) {
        try {
            ServiceMonitor monitor = JACKSON.treeToValue(object, ServiceMonitor.class);
            List<String> unknown = new ArrayList<>();
            Unknown.collect(monitor, "", unknown);
            return unknown.isEmpty() ? null : "no such fields: " + unknown;
        } catch (IOException | ReflectiveOperationException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
