package dev.parley.signaling.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A start, a few requests and a stop, for the making of an image: run with `-XX:AOTCacheOutput`, it leaves behind what
/// the next start need not load and link again.
public final class Rehearsal {
    private static final String[] ARGUMENTS = {
        "run", "--bind=127.0.0.1", "--port=0", "--http-port=0", "--management-port=0"
    };

    private Rehearsal() {}

    public static void main(String[] none) throws Exception {
        Path data = Files.createTempDirectory("rehearsal");
        try (Server server = start(data)) {
            String pages = Objects.requireNonNull(server.ready().http());
            for (String path : List.of("/", "/app.js", "/api/v1/rooms/demo/participants", "/api/v1/openapi.json")) {
                get(pages + path);
            }
            for (String path : List.of("/livez", "/readyz", "/metrics")) {
                get(server.ready().management() + path);
            }
        } finally {
            delete(data);
        }
    }

    private static Server start(Path data) throws StartException {
        String[] arguments =
                Stream.concat(Stream.of(ARGUMENTS), Stream.of("--data=" + data)).toArray(String[]::new);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return Objects.requireNonNull(Main.launch().run(arguments, Map.of(), nowhere));
    }

    private static void get(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        if (connection.getResponseCode() != 200) {
            throw new IOException(url + ": " + connection.getResponseCode());
        }
        try (var body = connection.getInputStream()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
