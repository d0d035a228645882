package dev.parley.bench.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.bench.report.Child;
import dev.parley.bench.report.Pinning;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The built server, run as operators run it but on free loopback ports and in a folder that is thrown away. One
/// thread.
public final class ServerProcess implements AutoCloseable {
    private static final List<String> FLAGS =
            List.of("-XX:+UseZGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final Path data;
    private final Child process;
    private final URI http;
    private final URI management;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param program words by which Java knows the server, as from `jar`
    /// @param loops one gets a core of its own, more share the machine with everyone
    public ServerProcess(List<String> program, int loops, Pinning pinning) throws IOException {
        this.data = Files.createTempDirectory("parley-bench");
        List<String> command = command(program, loops);
        this.process = new Child(loops == 1 ? pinning.measured(command) : command, log(data));
        JsonNode ready = JsonMapper.builder().build().readTree(process.expect("READY "));
        this.http = URI.create(ready.path("http").asText());
        this.management = URI.create(ready.path("management").asText());
    }

    public static List<String> jar(Path jar) {
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("there is no server at " + jar);
        }
        return List.of("-jar", jar.toString());
    }

    private List<String> command(List<String> program, int loops) {
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(FLAGS);
        command.addAll(program);
        command.addAll(List.of("--bind=127.0.0.1", "--port=0", "--http-port=0"));
        command.addAll(List.of("--management-port=0", "--data=" + data, "--loops=" + loops));
        return command;
    }

    private static Redirect log(Path folder) {
        return Redirect.to(folder.resolve("log").toFile());
    }

    public long pid() {
        return process.pid();
    }

    public URI http() {
        return http;
    }

    public HttpClient client() {
        return client;
    }

    public Scrape scrape() {
        HttpRequest request =
                HttpRequest.newBuilder(management.resolve("/metrics")).build();
        return Scrape.of(
                client.sendAsync(request, BodyHandlers.ofString()).join().body());
    }

    @Override
    public void close() {
        process.terminate();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("parley: bench: " + data + " is left over: " + e.getMessage());
        }
    }
}
