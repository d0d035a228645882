package dev.parley.sfu.edge;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/// A program for a network with many addresses: from each of them, asks each of them, by a socket that hears only whom
/// it asked. Prints a line for each address, and how many checks were answered.
final class ManyAddresses {
    private static final int TIMEOUT_MS = 5_000;

    private ManyAddresses() {}

    public static void main(String[] arguments) throws IOException {
        try (UdpEdge edge =
                UdpEdge.start(EdgeConfig.everywhere(0, EchoEndpoint::loopOf).withLoops(2))) {
            EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(1), "alice");
            byte[] check = StunRequest.naming(alice.localUfrag() + ":r");
            List<InetAddress> addresses =
                    edge.addresses().stream().map(InetSocketAddress::getAddress).toList();
            int answered = 0;
            for (InetAddress asked : addresses) {
                System.out.println("address " + asked.getHostAddress());
                for (InetAddress from : addresses) {
                    if (from.getClass() == asked.getClass()) {
                        ask(from, new InetSocketAddress(asked, edge.port()), check);
                        answered++;
                    }
                }
            }
            long distinct =
                    alice.flows.stream().map(flow -> flow.local()).distinct().count();
            System.out.println(answered + " answered, asked at " + distinct);
        }
    }

    private static void ask(InetAddress from, InetSocketAddress to, byte[] check) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
            socket.connect(to);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.send(new DatagramPacket(check, check.length));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            if (!Arrays.equals(check, Arrays.copyOf(answer.getData(), answer.getLength()))) {
                throw new IOException("another answer from " + to);
            }
        } catch (IOException e) {
            throw new IOException("from " + from + " to " + to, e);
        }
    }
}
