package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class HostileRowsTest {
    private static final String INSIDE = "parley.netsim.inside";

    @Test
    void saysOncePerRowHowItDid() {
        assertThat(run(Rows.class).lines())
                .containsExactly(
                        "HOSTILE A01 ok",
                        "HOSTILE A02 failed",
                        "HOSTILE A03 skipped",
                        "HOSTILE B07 ok",
                        "HOSTILE C01 failed");
    }

    private static String run(Class<?> tests) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new HostileRows())
                .build();
        System.setProperty(INSIDE, "true");
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getLauncher()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass(tests))
                            .build());
        } finally {
            System.setOut(before);
            System.clearProperty(INSIDE);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /// Run by the test above only; half of it fails on purpose.
    @EnabledIfSystemProperty(named = INSIDE, matches = "true")
    static class Rows {
        @Test
        @DisplayName("hostile A01 holds")
        void holds() {}

        @Test
        @DisplayName("hostile A02 breaks")
        void breaks() {
            Assertions.fail("on purpose");
        }

        @Test
        @DisplayName("hostile A02 holds elsewhere")
        void holdsElsewhere() {}

        @Test
        @DisplayName("hostile A03 cannot run here")
        void cannotRun() {
            Assumptions.abort("on purpose");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @DisplayName("hostile B07: invocations count for their method")
        void invocations(int number) {
            assertThat(number).isPositive();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @DisplayName("hostile C01: one of them is enough")
        void oneBreaks(int number) {
            assertThat(number).isNotEqualTo(1);
        }

        @Test
        void isNoRow() {}
    }
}
