package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.signaling.testing.Offers;
import dev.parley.signaling.testing.RawConnection;
import dev.parley.signaling.testing.RawWebSocket;
import dev.parley.signaling.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A server that gets too little of its machine.
@EnabledOnOs(OS.LINUX)
class ShortageTest {
    private static final Pattern FIGURE = Pattern.compile("^(parley_[a-z_]+) ([0-9.E]+)$", Pattern.MULTILINE);

    @TempDir
    private Path data;

    private static List<String> withFiles(int files) {
        return List.of("/bin/sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "limited");
    }

    private static double figure(ServerProcess server, String name) {
        Matcher figures = FIGURE.matcher(TestServer.get(server.port("management"), "/metrics"));
        while (figures.find()) {
            if (figures.group(1).equals(name)) {
                return Double.parseDouble(figures.group(2));
            }
        }
        throw new AssertionError(name);
    }

    @Test
    @DisplayName("hostile G14 with 256 open files the call goes on, the server does not spin and recovers")
    void hostile_G14_noMoreFiles() throws Exception {
        try (ServerProcess server = ServerProcess.start(withFiles(256), data);
                RawWebSocket alice = RawWebSocket.open("127.0.0.2", server.port("http"))) {
            assertThat(alice.join("demo", "alice", Offers.MICROPHONE)
                            .path("type")
                            .asText())
                    .isEqualTo("joined");
            ping(alice, 4); // what answers is loaded
            List<RawConnection> many = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                many.add(new RawConnection(server.port("http")));
            }
            Thread.sleep(500);
            double before = cpuSeconds(server);
            Thread.sleep(2_000);
            assertThat(cpuSeconds(server) - before)
                    .as("seconds of processor time in two")
                    .isLessThan(0.8);
            ping(alice, 5);
            many.forEach(RawConnection::close);
            Thread.sleep(2_500);
            assertThat(TestServer.get(server.port("http"), "/")).startsWith("HTTP/1.1 200");
            assertThat(figure(server, "parley_open_files_max")).isEqualTo(256);
            assertThat(server.log().lines().filter(line -> line.contains("Too many open files")))
                    .hasSize(1);
            assertThat(TestServer.get(server.port("management"), "/metrics"))
                    .contains("parley_limit_hits_total{limit=\"open_files\"}");
        }
    }

    private static void ping(RawWebSocket socket, int id) {
        assertThat(socket.text("{\"type\":\"ping\",\"id\":" + id + "}")).isTrue();
        assertThat(socket.message("done").path("re").asInt()).isEqualTo(id);
    }

    @Test
    @DisplayName("hostile G14 with too few files for a start it says so and ends")
    void hostile_G14_tooFewFilesForAStart() throws IOException {
        assertThatThrownBy(() -> ServerProcess.start(withFiles(32), data).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not start")
                .message()
                .contains("the system allows 32 open files and sockets, at least 200 are needed");
    }

    /// Of the process, as the kernel counts it: a server without files cannot be asked.
    private static double cpuSeconds(ServerProcess server) {
        try {
            String[] words = Files.readString(Path.of("/proc", String.valueOf(server.pid()), "stat"))
                    .replaceFirst("^.*\\) ", "")
                    .split(" ");
            return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / 100.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
