package dev.parley.netsim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A bad network over real sockets: listens on a port and forwards between whoever sends there and one server, each
/// client through its own `Path`. For browser tests, without root.
///
/// Its own thread does everything; the public methods may be called from any thread and take effect there, in order.
public final class UdpProxy implements AutoCloseable {
    /// The client that was silent longest makes room for another one.
    static final int CLIENTS_MAX = 256;

    /// Packets under way in both directions: a second of 100 Mbit/s.
    static final int UNDER_WAY_MAX = 10_000;

    private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

    /// Datagrams read in one go before those that are due are sent.
    static final int READ_BURST = 256;

    private final InetSocketAddress server;
    private final SplittableRandom seeds;
    private final Selector selector;
    private final DatagramChannel front;
    private final InetSocketAddress address;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final EventQueue underWay = new EventQueue();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
    private final ProxyStats stats = new ProxyStats();
    private final Map<InetSocketAddress, ProxyClient> clients = new LinkedHashMap<>(64, 0.75f, true);
    private LinkConfig up;
    private LinkConfig down;
    private long darkUntilNs = System.nanoTime();
    private volatile boolean closed;

    /// Listens at once; port 0 takes a free one.
    public UdpProxy(InetSocketAddress listen, InetSocketAddress server, LinkConfig up, LinkConfig down, long seed)
            throws IOException {
        this.server = server;
        this.up = up;
        this.down = down;
        this.seeds = new SplittableRandom(seed);
        this.selector = Selector.open();
        this.front = DatagramChannel.open();
        try {
            front.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            front.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            front.bind(listen);
            front.configureBlocking(false);
            front.register(selector, SelectionKey.OP_READ);
            this.address = (InetSocketAddress) front.getLocalAddress();
        } catch (IOException | RuntimeException e) {
            closeChannels();
            throw e;
        }
        this.thread = Thread.ofPlatform()
                .name("udp-proxy-" + address.getPort())
                .daemon()
                .start(this::run);
    }

    /// Where clients send to.
    public InetSocketAddress address() {
        return address;
    }

    public void configure(LinkConfig newUp, LinkConfig newDown) {
        command(() -> {
            up = newUp;
            down = newDown;
            clients.values().forEach(client -> client.path().configure(up, down, System.nanoTime()));
        });
    }

    /// Nothing passes from now on, also for clients that are new.
    public void blackout(long durationMs) {
        command(() -> {
            long nowNs = System.nanoTime();
            darkUntilNs = Math.max(darkUntilNs, nowNs + durationMs * 1_000_000);
            clients.values().forEach(client -> client.path().blackout(nowNs, darkUntilNs - nowNs));
        });
    }

    /// The server sees each client under a new address from now on.
    public void changeAddresses() {
        command(() -> clients.values().forEach(client -> client.path().changeAddress()));
    }

    public LinkConfig up() {
        return ask(() -> up);
    }

    public LinkConfig down() {
        return ask(() -> down);
    }

    public ProxyStats.Snapshot stats() {
        return ask(() -> stats.snapshot(clients.size(), underWay.size()));
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void command(Runnable command) {
        commands.add(command);
        selector.wakeup();
    }

    private <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        command(() -> answer.complete(question.get()));
        if (closed) {
            throw new IllegalStateException("the proxy is closed");
        }
        return answer.join();
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("udp proxy " + address, e);
        } finally {
            closed = true;
            closeChannels();
            runCommands();
        }
    }

    private void turn() throws IOException {
        long waitNs = underWay.nextNs() == EventQueue.NEVER ? EventQueue.NEVER : underWay.nextNs() - System.nanoTime();
        if (waitNs <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.min(1_000, waitNs / 1_000_000 + 1));
        }
        runCommands();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof ProxyClient.Upstream upstream) {
                upstream.read();
            } else if (key.isValid()) {
                readFront();
            }
        }
        selector.selectedKeys().clear();
        sendDue();
    }

    private void runCommands() {
        for (@Nullable Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    private void readFront() throws IOException {
        for (int i = 0; i < READ_BURST; i++) {
            InetSocketAddress from = (InetSocketAddress) front.receive(buffer.clear());
            if (from == null) {
                return;
            }
            client(from).fromClient(taken());
        }
    }

    private void sendDue() {
        long nowNs = System.nanoTime();
        for (@Nullable Event event = underWay.pollDue(nowNs); event != null; event = underWay.pollDue(nowNs)) {
            event.happen();
        }
    }

    private ProxyClient client(InetSocketAddress from) throws IOException {
        ProxyClient known = clients.get(from);
        if (known != null) {
            return known;
        }
        if (clients.size() == CLIENTS_MAX) {
            var oldest = clients.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        long nowNs = System.nanoTime();
        Path<byte[]> path = new Path<>(up, down, seeds.nextLong(), nowNs);
        path.blackout(nowNs, darkUntilNs - nowNs);
        ProxyClient made = new ProxyClient(this, from, path);
        clients.put(from, made);
        return made;
    }

    private void closeChannels() {
        try (selector;
                front) {
            for (SelectionKey key : List.copyOf(selector.keys())) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // For ProxyClient, on the proxy's thread:

    InetSocketAddress server() {
        return server;
    }

    Selector selector() {
        return selector;
    }

    ProxyStats counted() {
        return stats;
    }

    /// To be read into; `taken` then copies what was read.
    ByteBuffer buffer() {
        return buffer.clear();
    }

    byte[] taken() {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /// False when too much is under way already.
    boolean later(long atNs, Runnable delivery) {
        if (underWay.size() >= UNDER_WAY_MAX) {
            return false;
        }
        underWay.at(atNs, delivery);
        return true;
    }

    void sendToClient(InetSocketAddress client, byte[] packet) throws IOException {
        front.send(ByteBuffer.wrap(packet), client);
    }
}
