package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/// A client's socket on loopback. Connected: it hears only who answers from the very address that it asked.
final class UdpClient implements AutoCloseable {
    private final DatagramSocket socket;

    UdpClient(InetSocketAddress server) {
        try {
            socket = new DatagramSocket(0, sameFamilyLoopback(server.getAddress()));
            socket.connect(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress sameFamilyLoopback(InetAddress server) throws IOException {
        return InetAddress.getByName(server.getAddress().length == 4 ? "127.0.0.1" : "::1");
    }

    int port() {
        return socket.getLocalPort();
    }

    UdpClient send(byte... bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UdpClient send(int first, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) length);
        bytes[0] = (byte) first;
        return send(bytes);
    }

    byte[] receive() {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        try {
            socket.setSoTimeout(20_000);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void hears(byte[] expected) {
        assertThat(receive()).isEqualTo(expected);
    }

    void hearsNothing() {
        try {
            socket.setSoTimeout(100);
            socket.receive(new DatagramPacket(new byte[4096], 4096));
            throw new AssertionError("heard something");
        } catch (SocketTimeoutException _) {
            // as it should be
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
