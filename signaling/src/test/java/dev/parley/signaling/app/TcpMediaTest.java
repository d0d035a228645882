package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.server.SfuServer;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// ICE-TCP through the front door to the real engine, byte by byte: RFC 6544, RFC 4571, RFC 8489.
@TestInstance(Lifecycle.PER_CLASS)
class TcpMediaTest {
    private static final int BINDING_SUCCESS = 0x0101;
    private static final int TIMEOUT_MS = 10_000;
    private static final byte[] TRANSACTION = "TRANSACTION!".getBytes(StandardCharsets.US_ASCII);

    private Server server;

    @BeforeAll
    void start(@TempDir Path data) throws StartException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        server = Objects.requireNonNull(
                new Launch((config, _) -> SfuServer.start(config)).run(TestServer.arguments(data), Map.of(), nowhere));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private static String line(String sdp, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(sdp);
        assertThat(found.find()).as(sdp).isTrue();
        return found.group(1);
    }

    /// A browser's first check, RFC 8445 section 7.2.2, in its frame.
    private static byte[] check(String ufrag, String password) throws GeneralSecurityException {
        byte[] username = (ufrag + ":abcd").getBytes(StandardCharsets.US_ASCII);
        int padded = (username.length + 3) & ~3;
        int length = 4 + padded + 8 + 12 + 4 + 24;
        ByteBuffer stun = ByteBuffer.allocate(20 + length)
                .putShort((short) 0x0001)
                .putShort((short) length)
                .putInt(0x2112a442)
                .put(TRANSACTION)
                .putShort((short) 0x0006)
                .putShort((short) username.length)
                .put(Arrays.copyOf(username, padded))
                .putInt(0x0024_0004)
                .putInt(1)
                .putInt(0x802a_0008)
                .putLong(1)
                .putInt(0x0025_0000)
                .putInt(0x0008_0014);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
        mac.update(stun.array(), 0, stun.position() - 4);
        stun.put(mac.doFinal());
        return ByteBuffer.allocate(2 + stun.capacity())
                .putShort((short) stun.capacity())
                .put(stun.array())
                .array();
    }

    @Test
    void aCheckOverTcpIsAnsweredOnItsConnectionWhichEndsWithTheParticipant() throws Exception {
        int port = port(server.ready().https());
        try (RawWebSocket alice =
                RawWebSocket.open(port(String.valueOf(server.ready().http())))) {
            String answer = alice.join("tcp", "alice", RealEngineHostileTest.OFFER)
                    .path("answer")
                    .asText();
            assertThat(answer)
                    .containsPattern("a=candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 " + port + " typ host")
                    .containsPattern(
                            "a=candidate:\\S+ 1 tcp \\d+ 127\\.0\\.0\\.1 " + port + " typ host tcptype passive");
            try (Socket media = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                media.setSoTimeout(TIMEOUT_MS);
                byte[] check = check(line(answer, "a=ice-ufrag:(\\S+)"), line(answer, "a=ice-pwd:(\\S+)"));
                for (byte[] piece :
                        new byte[][] {Arrays.copyOf(check, 30), Arrays.copyOfRange(check, 30, check.length)}) {
                    media.getOutputStream().write(piece);
                    media.getOutputStream().flush();
                    Thread.sleep(50); // so that they come apart
                }
                assertAnswered(media);
                alice.text("{\"type\":\"leave\",\"id\":2}");
                assertThat(media.getInputStream().read()).as("closed").isEqualTo(-1);
            }
        }
    }

    private static void assertAnswered(Socket media) throws IOException {
        DataInputStream in = new DataInputStream(media.getInputStream());
        ByteBuffer stun = ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()));
        assertThat(stun.getShort()).isEqualTo((short) BINDING_SUCCESS);
        assertThat(Arrays.copyOfRange(stun.array(), 8, 20)).isEqualTo(TRANSACTION);
    }
}
