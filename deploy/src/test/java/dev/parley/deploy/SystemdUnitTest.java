package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdUnitTest {
    private static final Path UNIT = Deployed.FOLDER.resolve("systemd/parley.service");

    /// Words that end with `=` have no value.
    private static Map<String, List<String>> settings() {
        return Deployed.read(UNIT)
                .lines()
                .filter(line -> line.matches("[A-Za-z]+=.*"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.groupingBy(
                        words -> words[0], Collectors.mapping(words -> words[1], Collectors.toList())));
    }

    private static String value(String name) {
        List<String> values = settings().getOrDefault(name, List.of());
        assertThat(values).as(name).hasSize(1);
        return values.getFirst();
    }

    @Test
    void systemdTakesIt(@TempDir Path folder) throws Exception {
        Tool analyze = Tool.need("systemd-analyze");
        Path program = folder.resolve("java");
        Files.writeString(program, "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path unit = folder.resolve("parley.service");
        Files.writeString(unit, Deployed.read(UNIT).replace("/opt/parley/runtime/bin/java", program.toString()));
        Tool.Said said = analyze.run("verify", "--man=no", unit.toString());
        assertThat(said.text().lines().filter(line -> line.contains("parley.service")))
                .isEmpty();
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    @Test
    void itGivesUpEverythingThatTheServerDoesNotNeed() {
        Stream.of(
                        "NoNewPrivileges",
                        "DynamicUser",
                        "ProtectHome",
                        "ProtectClock",
                        "ProtectKernelLogs",
                        "ProtectKernelModules",
                        "ProtectKernelTunables",
                        "ProtectControlGroups",
                        "PrivateTmp",
                        "PrivateDevices",
                        "RestrictNamespaces",
                        "RestrictRealtime",
                        "RestrictSUIDSGID")
                .collect(Collectors.toMap(Function.identity(), SystemdUnitTest::value))
                .forEach((name, value) -> assertThat(value).as(name).isEqualTo("yes"));
        assertThat(value("ProtectSystem")).isEqualTo("strict");
        assertThat(value("CapabilityBoundingSet")).isEmpty();
        assertThat(value("SystemCallFilter")).isEqualTo("@system-service");
    }

    /// Exit codes of docs/operations.md that no second try mends; a stop takes less than five seconds.
    @Test
    void itDoesNotTryAgainWhatCannotWork() {
        assertThat(value("Restart")).isEqualTo("on-failure");
        assertThat(value("RestartPreventExitStatus")).isEqualTo("2 3 4");
        assertThat(Integer.parseInt(value("TimeoutStopSec"))).isGreaterThanOrEqualTo(10);
        assertThat(Integer.parseInt(value("LimitNOFILE"))).isGreaterThanOrEqualTo(65_536);
        assertThat(value("ExecStart")).doesNotContain("MemoryDenyWriteExecute").contains("${STATE_DIRECTORY}");
    }
}
