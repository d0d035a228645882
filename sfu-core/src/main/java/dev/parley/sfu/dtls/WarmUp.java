package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.util.ArrayDeque;
import java.util.List;

/// A client and a server that talk to each other in memory until both are connected.
final class WarmUp {
    private static final int DATAGRAMS_MAX = 64;

    private WarmUp() {}

    static void run(DtlsCertificate own, Limits limits) {
        DtlsRunner runner = DtlsRunner.lockStep(new HalfOpenHandshakes(2));
        Counters counters = new Counters();
        PacketPool packets = new PacketPool(8);
        Inbox toServer = new Inbox();
        Inbox toClient = new Inbox();
        List<Fingerprint> expected = List.of(own.fingerprint());
        DtlsEndpoint server =
                new DtlsEndpoint(DtlsRole.SERVER, own, expected, runner, limits, counters, packets, toClient);
        DtlsEndpoint client =
                new DtlsEndpoint(DtlsRole.CLIENT, own, expected, runner, limits, counters, packets, toServer);
        client.start(0);
        for (int i = 0; i < DATAGRAMS_MAX && !(toServer.empty() && toClient.empty()); i++) {
            toServer.deliverTo(server);
            toClient.deliverTo(client);
        }
        client.send(new byte[1], 0, 1);
        toServer.deliverTo(server);
        client.close(0);
        server.close(0);
        toServer.drop();
        toClient.drop();
    }

    private static final class Inbox implements DtlsOutput {
        private final ArrayDeque<Packet> waiting = new ArrayDeque<>();

        boolean empty() {
            return waiting.isEmpty();
        }

        void deliverTo(DtlsEndpoint endpoint) {
            Packet packet = waiting.poll();
            if (packet != null) {
                endpoint.receive(packet, 0);
                packet.release();
            }
        }

        void drop() {
            waiting.forEach(Packet::release);
            waiting.clear();
        }

        @Override
        public void send(Packet datagram) {
            waiting.add(datagram);
        }

        @Override
        public void connected(SrtpKeys keys) {}

        @Override
        public void failed(DtlsFailure reason) {}

        @Override
        public void closed() {}

        @Override
        public void applicationData(byte[] array, int offset, int length) {}
    }
}
