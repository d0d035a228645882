package dev.parley.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChatCaseTest {
    private static final List<String> SERVER = List.of(
            "-Xmx512m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.parley.signaling.app.Main");

    /// Small and short, but all of it: a server of its own, its database, data channels of everybody.
    @Test
    void everyMessageGetsToAllOthersOnce() throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        new ChatCase(SERVER, 5, 10, 1, 2).run(Machine.here(), new Pinning(1), results::add);
        Map<String, @Nullable Object> result = results.getFirst().values();
        assertThat(results).hasSize(1);
        assertThat(result)
                .containsEntry("case", "chat")
                .containsEntry("people", 5)
                .containsEntry("due", 20L * 4)
                .containsEntry("lost", 0L)
                .containsEntry("twice", 0)
                .containsEntry("refused", 0)
                .containsKeys(
                        "commit_ms",
                        "waited_ms_per_message",
                        "server_cores",
                        "server_us_per_delivery",
                        "client_us_per_delivery");
        assertThat((Map<?, ?>) result.get("delivery_ms")).hasSize(3).doesNotContainValue(null);
        assertThat((Map<?, ?>) result.get("stored_ms")).hasSize(3).doesNotContainValue(null);
    }
}
