package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.sfu.server.SfuServer;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTest {
    private static final Engine REAL = (config, _) -> SfuServer.start(config);

    @TempDir
    private Path data;

    private StartException refused(Engine engine, String... more) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return catchThrowableOfType(
                StartException.class,
                () -> new Launch(engine).run(TestServer.arguments(data, more), Map.of(), nowhere));
    }

    @Test
    void namesAnOccupiedTcpPortAndStopsTheEngine() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            FakeSfu sfu = new FakeSfu(other.getLocalPort());
            StartException e = refused((_, _) -> sfu, "--port=" + other.getLocalPort());
            assertThat(e.exitCode()).isEqualTo(3);
            assertThat(e).hasMessageContaining("port: TCP port " + other.getLocalPort() + " at 127.0.0.1 is occupied");
            assertThat(sfu.closed()).isTrue();
        }
    }

    @Test
    void namesAnOccupiedPlainAndManagementPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            for (String key : new String[] {"http-port", "management-port"}) {
                FakeSfu sfu = new FakeSfu(TestServer.freePort());
                StartException e = refused((_, _) -> sfu, "--" + key + "=" + other.getLocalPort());
                assertThat(e.exitCode()).as(key).isEqualTo(3);
                assertThat(e).hasMessageContaining(key + ": TCP port " + other.getLocalPort());
            }
        }
    }

    @Test
    void namesAnOccupiedUdpPort() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            StartException e = refused(REAL, "--port=" + other.getLocalPort());
            assertThat(e.exitCode()).isEqualTo(3);
            assertThat(e).hasMessageContaining("UDP port " + other.getLocalPort());
        }
    }

    @Test
    void namesAnAddressThatIsNotOurs() {
        FakeSfu sfu = new FakeSfu(0);
        StartException e = refused((_, _) -> sfu, "--http-address=192.0.2.99");
        assertThat(e.exitCode()).isEqualTo(2);
        assertThat(e).hasMessageContaining("http-port", "192.0.2.99");
    }

    @Test
    void namesADataFolderThatCannotBeUsed() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        StartException e = refused((_, _) -> new FakeSfu(0), "--data=" + file);
        assertThat(e.exitCode()).isEqualTo(4);
        assertThat(e).hasMessageContaining("data: '" + file + "'");
    }

    @Test
    void namesCertificateFilesThatAreNone() throws Exception {
        Path file = Files.writeString(data.resolve("cert.pem"), "nothing");
        StartException e = refused((_, _) -> new FakeSfu(0), "--cert=" + file, "--key=" + file);
        assertThat(e.exitCode()).isEqualTo(2);
        assertThat(e).hasMessageContaining("cert '" + file + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "portable"})
    void startsWithTheRealEngineOnEitherTransport(String transport) throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        String[] arguments = TestServer.arguments(data, "--transport=" + transport);
        try (Server server = Objects.requireNonNull(new Launch(REAL).run(arguments, Map.of(), nowhere))) {
            int http = URI.create(String.valueOf(server.ready().http())).getPort();
            try (RawWebSocket socket = RawWebSocket.open(http)) {
                var error = socket.join("demo", "alice");
                assertThat(error.path("code").asText()).isIn("bad_sdp", "bundle_required", "no_common_codec");
            }
        }
    }

    @Test
    void tellsThoseWhoAreInThatItStops() throws Exception {
        try (TestServer server = TestServer.start(data);
                RawWebSocket alice = RawWebSocket.open(server.http())) {
            alice.join("demo", "alice");
            Thread stopping = Thread.ofVirtual().start(server::close);
            assertThat(alice.message("moved").path("reason").asText()).isEqualTo("draining");
            assertThat(alice.closeCode()).isEqualTo(1001);
            stopping.join();
            assertThat(server.sfu.closed()).isTrue();
        }
    }
}
