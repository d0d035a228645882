package dev.parley.netsim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/// One client of a proxy: its path, and the socket toward the server that stands for its address there.
/// The proxy's thread only.
final class ProxyClient {
    private final UdpProxy proxy;
    private final InetSocketAddress client;
    private final Path<byte[]> path;
    private Upstream upstream;

    ProxyClient(UdpProxy proxy, InetSocketAddress client, Path<byte[]> path) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.path = path;
        this.upstream = new Upstream(path.address(System.nanoTime()));
    }

    Path<byte[]> path() {
        return path;
    }

    void fromClient(byte[] packet) throws IOException {
        long nowNs = System.nanoTime();
        int address = path.address(nowNs);
        if (upstream.address != address) {
            upstream.retire();
            upstream = new Upstream(address);
        }
        path.up().send(packet, packet.length, nowNs, upstream);
    }

    void close() {
        upstream.close();
    }

    private void toClient(byte[] packet) {
        try {
            proxy.sendToClient(client, packet);
            proxy.counted().carriedDown();
        } catch (IOException e) {
            proxy.counted().dropped(DropCause.LOSS);
        }
    }

    /// The socket toward the server under one of the client's addresses. After a change of address it sends what is
    /// still under way and reads no more.
    final class Upstream implements Link.Outcome<byte[]> {
        private final int address;
        private final DatagramChannel channel;
        private final SelectionKey key;
        private final Downward downward = new Downward();
        private int underWay;
        private boolean retired;

        Upstream(int address) throws IOException {
            this.address = address;
            channel = DatagramChannel.open();
            try {
                channel.connect(proxy.server());
                channel.configureBlocking(false);
                key = channel.register(proxy.selector(), SelectionKey.OP_READ, this);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        void read() {
            try {
                for (int i = 0; i < UdpProxy.READ_BURST && channel.read(proxy.buffer()) > 0; i++) {
                    byte[] packet = proxy.taken();
                    path.down().send(packet, packet.length, System.nanoTime(), downward);
                }
            } catch (IOException e) {
                proxy.counted().dropped(DropCause.LOSS); // nobody listens at the server's port just now
            }
        }

        @Override
        public void arrives(byte[] packet, long atNs) {
            if (proxy.later(atNs, () -> toServer(packet))) {
                underWay++;
            } else {
                proxy.counted().dropped(DropCause.QUEUE_FULL);
            }
        }

        @Override
        public void dropped(byte[] packet, DropCause cause) {
            proxy.counted().dropped(cause);
        }

        void retire() {
            retired = true;
            key.interestOps(0);
            closeWhenDone();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void toServer(byte[] packet) {
            underWay--;
            try {
                channel.write(ByteBuffer.wrap(packet));
                proxy.counted().carriedUp();
            } catch (IOException e) {
                proxy.counted().dropped(DropCause.LOSS);
            }
            closeWhenDone();
        }

        private void closeWhenDone() {
            if (retired && underWay == 0) {
                close();
            }
        }
    }

    /// What the server sent, on its way to the client.
    private final class Downward implements Link.Outcome<byte[]> {
        @Override
        public void arrives(byte[] packet, long atNs) {
            if (!proxy.later(atNs, () -> toClient(packet))) {
                proxy.counted().dropped(DropCause.QUEUE_FULL);
            }
        }

        @Override
        public void dropped(byte[] packet, DropCause cause) {
            proxy.counted().dropped(cause);
        }
    }
}
