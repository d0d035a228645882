package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UdpProxyMainTest {
    @Test
    void answersEachCommandWithALine() throws IOException {
        List<String> lines = run("""
                {"delayMs":50,"jitterMs":5,"loss":0.05,"lossBurst":3,"rateKbps":2000,"queueMs":100}
                {"direction":"up","loss":0.1}
                {"blackoutMs":5000,"changeAddress":true}
                {"stats":true}
                {"reset":true}
                """);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).matches("\\{\"host\":\"127.0.0.1\",\"port\":\\d+}");
        assertThat(lines.get(4))
                .isEqualTo("{\"ok\":true,\"stats\":{\"up\":0,\"down\":0,\"lost\":0,\"queueFull\":0,\"blackout\":0,"
                        + "\"tooLong\":0,\"clients\":0,\"underWay\":0}}");
        assertThat(List.of(lines.get(1), lines.get(2), lines.get(3), lines.get(5)))
                .containsOnly("{\"ok\":true}");
    }

    @Test
    void answersMistakesWithTheirCause() throws IOException {
        List<String> lines = run("""
                {"los":0.1}
                {"loss":"much"}
                {"loss":1.5}
                {"direction":"sideways"}
                {"reset":1}
                nonsense
                """);
        assertThat(lines.subList(1, 7))
                .containsExactly(
                        "{\"error\":\"unknown member los\"}",
                        "{\"error\":\"loss must be a number, got much\"}",
                        "{\"error\":\"loss must be 0 to 1, got 1.5\"}",
                        "{\"error\":\"direction must be up, down or both, got sideways\"}",
                        "{\"error\":\"reset must be true or false, got 1.0\"}",
                        "{\"error\":\"not a JSON object: nonsense\"}");
    }

    @Test
    void refusesWrongArguments() {
        assertThatThrownBy(() -> run("", "--listen", "127.0.0.1:0")).hasMessageContaining("usage: ");
        assertThatThrownBy(() -> run("", "--server", "nowhere")).hasMessageContaining("HOST:PORT, got 'nowhere'");
        assertThatThrownBy(() -> run("", "--sever", "127.0.0.1:1")).hasMessageContaining("usage: ");
    }

    @Test
    void commandsChangeTheDirectionTheyName() throws IOException {
        try (UdpProxy proxy = new UdpProxy(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9),
                LinkConfig.perfect(),
                LinkConfig.perfect(),
                1)) {
            ProxyCommands commands = new ProxyCommands(proxy);
            assertThat(commands.answer("{\"direction\":\"up\",\"loss\":0.1,\"delayMs\":12.5}"))
                    .isEqualTo("{\"ok\":true}");
            commands.answer("{\"direction\":\"down\",\"rateKbps\":300}");
            commands.answer("{\"jitterMs\":4}");
            LinkConfig jitter = LinkConfig.perfect().withJitterMs(4);
            assertThat(proxy.up()).isEqualTo(jitter.withLoss(0.1).withDelayMs(12.5));
            assertThat(proxy.down()).isEqualTo(jitter.withRate(300_000, 200));
            commands.answer("{\"direction\":\"down\",\"reset\":true,\"loss\":1}");
            assertThat(proxy.up()).isEqualTo(LinkConfig.perfect());
            assertThat(proxy.down()).isEqualTo(LinkConfig.perfect().withLoss(1));
        }
    }

    @Test
    void runsAsAProcessAndEndsWithItsInput() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String to = "127.0.0.1:" + server.getLocalPort();
            Process process = new ProcessBuilder(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            UdpProxyMain.class.getName(),
                            "--server",
                            to)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out = process.inputReader()) {
                Matcher started = Pattern.compile("\"port\":(\\d+)").matcher(String.valueOf(out.readLine()));
                assertThat(started.find()).isTrue();
                int port = Integer.parseInt(started.group(1));
                client.send(new DatagramPacket(new byte[] {7}, 1, InetAddress.getLoopbackAddress(), port));
                server.setSoTimeout(5_000);
                DatagramPacket arrived = new DatagramPacket(new byte[10], 10);
                server.receive(arrived);
                assertThat(arrived.getData()[0]).isEqualTo((byte) 7);
                process.outputWriter().close();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static List<String> run(String input) throws IOException {
        return run(input, "--server", "127.0.0.1:9", "--listen", "127.0.0.1:0", "--seed", "3");
    }

    private static List<String> run(String input, String... args) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        UdpProxyMain.run(
                args, new BufferedReader(new StringReader(input)), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
