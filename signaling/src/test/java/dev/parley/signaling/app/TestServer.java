package dev.parley.signaling.app;

import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The whole server on free loopback ports over a fake engine whose media flows at once.
final class TestServer implements AutoCloseable {
    final FakeSfu sfu;
    final Server server;
    final String said;

    private TestServer(Path data, String... more) throws StartException, IOException {
        this.sfu = new FakeSfu(freePort()).connectingAtOnce();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arguments = arguments(data, more);
        Server started =
                new Launch((_, _) -> sfu).run(arguments, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        this.server = Objects.requireNonNull(started);
        this.said = out.toString(StandardCharsets.UTF_8);
    }

    static TestServer start(Path data, String... more) throws StartException, IOException {
        return new TestServer(data, more);
    }

    static String[] arguments(Path data, String... more) {
        String[] arguments = new String[more.length + 6];
        String[] own = {"--http-port=0", "--management-port=0", "--data=" + data, "--bind=127.0.0.1", "--port=0", "run"
        };
        arguments[0] = own[5];
        System.arraycopy(own, 0, arguments, 1, 5);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return arguments;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return URI.create(server.ready().https()).getPort();
    }

    int http() {
        return URI.create(Objects.requireNonNull(server.ready().http())).getPort();
    }

    int management() {
        return URI.create(server.ready().management()).getPort();
    }

    /// One request on a connection of its own; the whole response.
    static String get(int port, String target, String... headers) {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                    + String.join("", headers) + "\r\n");
            return connection.readToEnd();
        }
    }

    /// A figure of `/metrics`, 0 when it is not there.
    double figure(String name) {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " ([0-9.eE+-]+)$", Pattern.MULTILINE)
                .matcher(get(management(), "/metrics"));
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    @Override
    public void close() {
        server.close();
    }
}
