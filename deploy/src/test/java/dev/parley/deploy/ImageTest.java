package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The container image, built as an operator builds it and started as the manifests start it: without rights, on a
/// root folder that cannot be written.
@Tag("long")
class ImageTest {
    private static final String IMAGE = "localhost/parley:tested";
    private static final String CONTAINER = "parley-tested";
    private static final String VOLUME = "parley-tested-data";

    /// How podman works on a common machine, and inside another container.
    private static final List<List<String>> WAYS = List.of(
            List.of(), List.of("--runtime", "runc", "--ulimit", "nofile=1024:4096", "--ulimit", "nproc=4096:8192"));

    private static final List<String> AS_THE_MANIFESTS = List.of(
            "--read-only",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--tmpfs=/tmp",
            "--volume=" + VOLUME + ":/data");

    @Test
    void itStartsWithoutRightsServesAndStopsAsAsked() throws Exception {
        Tool podman = Tool.need("podman");
        build();
        JsonNode config = JsonMapper.builder()
                .build()
                .readTree(podman.run("image", "inspect", IMAGE).text())
                .get(0)
                .path("Config");
        assertThat(config.path("User").asText()).isEqualTo("65532:65532");
        List<String> way = wayThatWorks(podman);
        int management = freePort();
        try {
            Tool.Said started = podman.run(run(way, management));
            assertThat(started.exitCode()).as(started.text()).isZero();
            assertThat(awaitReady(management)).as("ready; log: " + log(podman)).isTrue();
            assertThat(log(podman)).contains("READY {").doesNotContain("ERROR", "Exception");
            assertThat(podman.run("stop", "--time=5", CONTAINER).exitCode()).isZero();
            assertThat(podman.run("inspect", "--format={{.State.ExitCode}}", CONTAINER)
                            .text()
                            .strip())
                    .isEqualTo("0");
        } finally {
            podman.run("rm", "--force", CONTAINER);
            podman.run("volume", "rm", "--force", VOLUME);
        }
    }

    private static void build() throws Exception {
        Tool launcher = new Tool(Deployed.ROOT.resolve("parley").toRealPath().toString());
        Tool.Said said = launcher.run(900, "image", IMAGE);
        if (said.exitCode() != 0) {
            said = launcher.run(900, "image", IMAGE, "--isolation=chroot");
        }
        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(said.text()).contains("AOTCache creation is complete");
    }

    /// Only asks for help; skips the test where no container can be started at all.
    private static List<String> wayThatWorks(Tool podman) throws Exception {
        List<String> reasons = new ArrayList<>();
        for (List<String> way : WAYS) {
            List<String> words = new ArrayList<>(runtime(way));
            words.addAll(List.of("run", "--rm", "--network=host"));
            words.addAll(options(way));
            words.addAll(List.of(IMAGE, "--help"));
            Tool.Said said = podman.run(words.toArray(String[]::new));
            if (said.exitCode() == 0 && said.text().contains("--public-address")) {
                return way;
            }
            reasons.add(said.text());
        }
        Assumptions.abort("podman starts no containers here: " + reasons);
        return List.of();
    }

    /// The kept start is used, or there is none: `AOTMode=on` ends the process otherwise.
    private static String[] run(List<String> way, int management) {
        List<String> words = new ArrayList<>(runtime(way));
        words.addAll(List.of("run", "--detach", "--name=" + CONTAINER, "--network=host"));
        words.addAll(options(way));
        words.addAll(AS_THE_MANIFESTS);
        words.add("--env=JAVA_TOOL_OPTIONS=-XX:AOTMode=on");
        words.add(IMAGE);
        words.addAll(List.of("--port=0", "--bind=127.0.0.1", "--http-port=0", "--management-port=" + management));
        return words.toArray(String[]::new);
    }

    private static List<String> runtime(List<String> way) {
        return way.subList(0, Math.min(2, way.size()));
    }

    private static List<String> options(List<String> way) {
        return way.subList(Math.min(2, way.size()), way.size());
    }

    private static String log(Tool podman) throws Exception {
        return podman.run("logs", CONTAINER).text();
    }

    private static boolean awaitReady(int management) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/readyz"))
                .build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                try {
                    return http.send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode()
                            == 200;
                } catch (ConnectException _) {
                    Thread.sleep(200);
                }
            }
        }
        return false;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
