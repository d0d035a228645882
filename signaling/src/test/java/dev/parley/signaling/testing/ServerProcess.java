package dev.parley.signaling.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.signaling.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The server as a process of its own, on free loopback ports, started by the classes under test.
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final JsonNode ready;

    private ServerProcess(Process process, Path log, JsonNode ready) {
        this.process = process;
        this.log = log;
        this.ready = ready;
    }

    /// @param before words before `java`, like those that set limits; empty for none
    public static ProcessBuilder command(List<String> before, Path data, String... more) {
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=logback.xml", // not that of the tests
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(
                "run", "--port=0", "--bind=127.0.0.1", "--http-port=0", "--management-port=0", "--data=" + data));
        words.addAll(List.of(more));
        return new ProcessBuilder(words);
    }

    public static ServerProcess start(Path data, String... more) throws IOException {
        return start(List.of(), data, more);
    }

    public static ServerProcess start(List<String> before, Path data, String... more) throws IOException {
        Path log = Files.createTempFile(data, "log", ".txt");
        Process process =
                command(before, data, more).redirectError(log.toFile()).start();
        BufferedReader said = process.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("READY ")) {
                return new ServerProcess(
                        process, log, JsonMapper.builder().build().readTree(line.substring(6)));
            }
        }
        throw new IOException("did not start: " + Files.readString(log));
    }

    public int port(String listener) {
        return URI.create(ready.path(listener).asText()).getPort();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /// SIGTERM.
    public void stop() {
        process.destroy();
    }

    public long pid() {
        return ready.path("pid").asLong();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// -1 when it has not ended by then.
    public int exitCodeWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
