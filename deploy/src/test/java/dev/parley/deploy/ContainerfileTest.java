package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the Containerfile says, and that manifests and unit say the same.
class ContainerfileTest {
    private static final Path FILE = Deployed.FOLDER.resolve("container/Containerfile");

    private static List<String> lines(String instruction) {
        return Deployed.read(FILE)
                .lines()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    @Test
    @DisplayName("hostile H03 the image pulls nothing: what it stands on is pinned with the source")
    void hostile_H03_theImagePullsNothing() {
        assertThat(lines("FROM")).containsExactly("scratch");
        assertThat(lines("ADD")).isEmpty();
        assertThat(lines("RUN")).singleElement().asString().startsWith("[\"/opt/parley/runtime/bin/java\"");
    }

    @Test
    @DisplayName("hostile H01 the image has a user of its own, the one of the manifests")
    void hostile_H01_theImageHasTheUserOfTheManifests() {
        String user = Deployed.yaml(Deployed.K8S.resolve("base/deployment.yaml"))
                .at("/spec/template/spec/securityContext/runAsUser")
                .asText();
        assertThat(lines("USER")).containsExactly(user + ":" + user);
    }

    /// What was kept of a start is only good for the same collector and the same access.
    @Test
    void theRehearsalHasTheFlagsOfTheRealStart() {
        String rehearsal = lines("RUN").getFirst();
        String start = lines("ENTRYPOINT").getFirst();
        for (String flag :
                List.of("-XX:+UseZGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")) {
            assertThat(rehearsal).contains(flag);
            assertThat(start).contains(flag);
            assertThat(Deployed.read(Deployed.FOLDER.resolve("systemd/parley.service")))
                    .contains(flag);
        }
        for (String line : List.of(rehearsal, start)) {
            assertThat(line).contains("-Dorg.sqlite.lib.path=/opt/parley/native");
        }
        assertThat(start).contains("-XX:AOTCache=/opt/parley/parley.aot");
        assertThat(rehearsal).contains("-XX:AOTCacheOutput=/opt/parley/parley.aot");
    }
}
