package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.netsim.Fuzz;
import dev.parley.signaling.testing.Offers;
import dev.parley.signaling.testing.RawWebSocket;
import dev.parley.signaling.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed while people talk, and started again in the same folder.
class ChatKillTest {
    private static final int PEOPLE = 20;
    /// Each, so that all together say 200 things in a second.
    private static final int PAGES_IN_ONE_GO = 50;
    private static final int PAUSE_MS = 100;
    private static final long START_MS_MAX = 3_000;

    /// What was acknowledged, by its id: the number that it got.
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    /// What was read of the history so far, in the same form; the newest of each person; and how far that went.
    private final Map<String, Long> stored = new HashMap<>();
    private final Map<String, Long> newestOf = new HashMap<>();
    private long since;
    private long last;

    @TempDir
    private Path empty;

    private final SplittableRandom random = new SplittableRandom(Fuzz.seed());

    @Test
    @DisplayName(
            "hostile G01 killed under 200 messages a second: nothing acknowledged is lost, doubled or out of order")
    void hostile_G01_killed(@TempDir Path data) throws Exception {
        cycles(5, data);
    }

    @Test
    @Tag("long")
    @DisplayName("hostile G01 killed 200 times")
    void hostile_G01_killedOften(@TempDir Path data) throws Exception {
        cycles(200, data);
    }

    private void cycles(int count, Path data) throws Exception {
        long slowestMs = 0;
        for (int cycle = 0; cycle <= count; cycle++) {
            long startedNs = System.nanoTime();
            try (ServerProcess server = ServerProcess.start(data)) {
                long startMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
                slowestMs = Math.max(slowestMs, startMs);
                if (startMs >= START_MS_MAX) {
                    assertThat(startMs).as("at most 3 s").isLessThan(3 * emptyStartMs());
                }
                if (cycle == count) {
                    readFromTheBeginning();
                }
                check(server, cycle);
                if (cycle < count) {
                    talk(server, cycle, 200 + random.nextInt(1_500));
                }
            }
        }
        System.out.printf(
                "chat: killed %d times, %d messages acknowledged, the slowest start took %d ms%n",
                count, acknowledged.size(), slowestMs);
        assertThat(acknowledged).hasSizeGreaterThan(count * PEOPLE);
    }

    /// A machine that needs long for this too has other work.
    private long emptyStartMs() throws IOException {
        long startedNs = System.nanoTime();
        Path folder = Files.createTempDirectory(empty, "start");
        ServerProcess.start(folder).close();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
    }

    private void talk(ServerProcess server, int cycle, long killAfterMs) throws InterruptedException {
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            String name = "guest-" + cycle + "-" + i;
            people.add(Thread.ofVirtual().start(() -> talk(server.port("http"), name)));
        }
        long before = acknowledged.size();
        while (acknowledged.size() < before + PEOPLE) { // everybody is in
            Thread.sleep(20);
        }
        Thread.sleep(killAfterMs);
        server.close(); // SIGKILL
        for (Thread person : people) {
            person.join();
        }
    }

    /// Says one thing after the other, and each one twice now and then, until the server is gone.
    private void talk(int port, String name) {
        try (RawWebSocket socket = RawWebSocket.open(port)) {
            if (!socket.join("demo", name, Offers.MICROPHONE)
                    .path("type")
                    .asText()
                    .equals("joined")) {
                throw new AssertionError("not joined");
            }
            for (int i = 0; ; i++) {
                String id = name + "-" + i;
                for (int times = i % 10 == 0 ? 2 : 1; times > 0; times--) {
                    socket.text("{\"type\":\"chat\",\"id\":" + (i + 10) + ",\"message\":\"" + id + "\",\"text\":\"" + id
                            + "\"}");
                }
                JsonNode answer = socket.message("said");
                while (answer.path("re").asInt() != i + 10) {
                    answer = socket.message("said");
                }
                acknowledged.put(id, answer.path("n").asLong());
                Thread.sleep(PAUSE_MS);
            }
        } catch (AssertionError | RuntimeException _) {
            // the server is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readFromTheBeginning() {
        stored.clear();
        newestOf.clear();
        since = 0;
        last = 0;
    }

    /// Reads on from where the last check ended.
    private void check(ServerProcess server, int cycle) throws Exception {
        for (int part = 0; readOn(server, "reader-" + cycle + "-" + part); part++) {}
        assertThat(stored).containsAllEntriesOf(acknowledged);
    }

    /// As much as somebody reads in one go whose media never comes: their place ends.
    ///
    /// @return whether there is more
    private boolean readOn(ServerProcess server, String name) throws Exception {
        try (RawWebSocket reader = RawWebSocket.open(server.port("http"))) {
            JsonNode joined = reader.join("demo", name, Offers.MICROPHONE);
            assertThat(joined.path("type").asText()).isEqualTo("joined");
            boolean more = true;
            for (int pages = 0; more && pages < PAGES_IN_ONE_GO; pages++) {
                JsonNode page = page(reader, since);
                page.path("messages").forEach(this::read);
                since = page.path("last").asLong();
                more = page.path("more").asBoolean();
            }
            assertThat(more || joined.path("chat").path("last").asLong() == last)
                    .as("read to the end")
                    .isTrue();
            return more;
        }
    }

    private void read(JsonNode message) {
        String id = message.path("id").asText();
        long n = message.path("n").asLong();
        assertThat(n).isGreaterThan(last);
        last = n;
        assertThat(stored.put(id, n)).as("%s is there once", id).isNull();
        String person = id.substring(0, id.lastIndexOf('-'));
        long number = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
        assertThat(newestOf.put(person, number)).as(person).isEqualTo(number == 0 ? null : number - 1);
    }

    private static JsonNode page(RawWebSocket reader, long since) throws InterruptedException {
        while (true) {
            reader.text("{\"type\":\"history\",\"id\":2,\"since\":" + since + "}");
            JsonNode answer = reader.message();
            while (!answer.has("re")) {
                answer = reader.message();
            }
            if (answer.path("type").asText().equals("history")) {
                return answer;
            }
            assertThat(answer.path("code").asText()).isEqualTo("slow_down");
            Thread.sleep(PAUSE_MS);
        }
    }
}
