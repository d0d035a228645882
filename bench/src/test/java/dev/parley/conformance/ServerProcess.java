package dev.parley.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server as operators start it: a process of its own on free loopback ports. One for all tests of this package,
/// ended with them.
final class ServerProcess {
    private static final Pattern PLACE = Pattern.compile("\"(https|http|management)\":\"([^\"]+)\"");

    private static final class Shared {
        static final ServerProcess SERVER = start();
    }

    private final String ready;

    private ServerProcess(String ready) {
        this.ready = ready;
    }

    static ServerProcess shared() {
        return Shared.SERVER;
    }

    /// Where a listener is, without a slash at the end.
    ///
    /// @param name `https`, `http` or `management`
    String at(String name) {
        Matcher places = PLACE.matcher(ready);
        while (places.find()) {
            if (places.group(1).equals(name)) {
                return places.group(2);
            }
        }
        throw new AssertionError("there is no " + name + " in " + ready);
    }

    private static ServerProcess start() {
        try {
            Path data = Files.createTempDirectory("conformance");
            Process process = new ProcessBuilder(command(data))
                    .redirectError(data.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new ServerProcess(readyLine(process, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path data) {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                "dev.parley.signaling.app.Main",
                "run",
                "--port=0",
                "--http-port=0",
                "--management-port=0",
                "--bind=127.0.0.1",
                "--data=" + data);
    }

    private static String readyLine(Process process, Path data) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("READY ")) {
                Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
                return line;
            }
        }
        throw new AssertionError("the server did not start: " + Files.readString(data.resolve("log")));
    }
}
