package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.jspecify.annotations.Nullable;

/// `openssl s_client` talking over loopback to a server endpoint of ours, in real time and on the test's thread.
final class OpenSslClient implements DtlsOutput, AutoCloseable {
    private final DatagramSocket socket;
    private final Process process;
    private final Path output;
    private final PacketPool packets = new PacketPool(8);
    private final DtlsEndpoint server;
    private @Nullable SocketAddress client;
    final List<String> data = new ArrayList<>();

    @Nullable
    SrtpKeys keys;

    @Nullable
    DtlsFailure failure;

    boolean closed;

    OpenSslClient(Path directory, String... options) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(20);
        output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
        command.add("127.0.0.1:" + socket.getLocalPort());
        command.addAll(List.of("-cert", pem(directory, "CERTIFICATE", DtlsPeer.CLIENT_CERTIFICATE.der())));
        byte[] key = PrivateKeyInfoFactory.createPrivateKeyInfo(DtlsPeer.CLIENT_CERTIFICATE.privateKey())
                .getEncoded();
        command.addAll(List.of("-key", pem(directory, "PRIVATE KEY", key)));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        server = new DtlsEndpoint(
                DtlsRole.SERVER,
                DtlsPeer.SERVER_CERTIFICATE,
                List.of(DtlsPeer.CLIENT_CERTIFICATE.fingerprint()),
                DtlsPeer.lockStep(),
                DtlsPeer.LIMITS,
                new Counters(),
                packets,
                this);
    }

    private static String pem(Path directory, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Path file = directory.resolve(kind.charAt(0) + ".pem");
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        return file.toString();
    }

    /// Serves until the condition holds or 15 s have passed.
    boolean serveUntil(BooleanSupplier condition) throws IOException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean() && System.nanoTime() < endNs) {
            receiveOne();
            if (server.nextTimeNs() <= System.nanoTime()) {
                server.onTime(System.nanoTime());
            }
        }
        return condition.getAsBoolean();
    }

    private void receiveOne() throws IOException {
        Packet packet = packets.take();
        DatagramPacket datagram = new DatagramPacket(packet.array(), packet.capacity());
        try {
            socket.receive(datagram);
            client = datagram.getSocketAddress();
            packet.length(datagram.getLength());
            server.receive(packet, System.nanoTime());
        } catch (SocketTimeoutException nothing) {
            // the caller looks at its condition
        } finally {
            packet.release();
        }
    }

    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    boolean say(String text) {
        return server.send(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
    }

    boolean ended() {
        return !process.isAlive();
    }

    String printed() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DtlsState state() {
        return server.state();
    }

    @Override
    public void send(Packet datagram) {
        try {
            socket.send(new DatagramPacket(datagram.array(), datagram.length(), client));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            datagram.release();
        }
    }

    @Override
    public void connected(SrtpKeys exported) {
        keys = exported;
    }

    @Override
    public void failed(DtlsFailure reason) {
        failure = reason;
    }

    @Override
    public void closed() {
        closed = true;
    }

    @Override
    public void applicationData(byte[] array, int offset, int length) {
        data.add(new String(array, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        server.close(System.nanoTime());
        socket.close();
    }
}
