package dev.parley.sfu.edge;

import dev.parley.sfu.base.DelayHistogram;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.base.SfuLevel;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The media port: event loops, their sockets at every local address, and a thread that follows the addresses. Callable
/// from any thread, except the loops' own where it waits (`close`).
public final class UdpEdge implements AutoCloseable {
    private static final long DROPS_PERIOD_SECONDS = 5;

    private static final int HOPS_DRAINED = 3;

    private final SocketTransport transport;
    private final IoEventLoopGroup group;
    private final List<LoopRef> loops;
    private final SocketGroups sockets;
    private final TcpEdge tcp;
    private final ScheduledExecutorService follower;
    private final AtomicInteger turn = new AtomicInteger();
    private final int receiveBufferBytes;
    private final int sendBufferBytes;

    private UdpEdge(
            SocketTransport transport,
            IoEventLoopGroup group,
            List<MediaLoop> loops,
            SocketGroups sockets,
            EdgeConfig config) {
        this.transport = transport;
        this.group = group;
        this.loops = loops.stream().map(LoopRef::new).toList();
        this.sockets = sockets;
        this.tcp = new TcpEdge(this.loops, config.owners());
        this.receiveBufferBytes = sockets.any().receiveBufferBytes();
        this.sendBufferBytes = sockets.any().sendBufferBytes();
        this.follower = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("addresses", true));
        follower.scheduleWithFixedDelay(
                () -> sockets.rescan(System.nanoTime()), config.rescanNs(), config.rescanNs(), TimeUnit.NANOSECONDS);
        follower.scheduleWithFixedDelay(
                this::countKernelDrops, DROPS_PERIOD_SECONDS, DROPS_PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /// Binds the port and starts the loops.
    ///
    /// @throws PortOccupiedException when something else has the port
    public static UdpEdge start(EdgeConfig config) throws IOException {
        SocketTransport transport = SocketTransport.choose(config.nativeTransport());
        int count = config.loops() == 0 ? Runtime.getRuntime().availableProcessors() : config.loops();
        IoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("media", true), transport.ioHandlers());
        List<MediaLoop> loops = new ArrayList<>();
        for (EventExecutor eventLoop : group) {
            loops.add(new MediaLoop(loops.size(), (SingleThreadEventLoop) eventLoop, config.limits(), config.owners()));
        }
        loops.forEach(loop -> loop.join(loops));
        SocketGroups sockets = new SocketGroups(config, transport, loops);
        try {
            sockets.start();
            return new UdpEdge(transport, group, loops, sockets, config);
        } catch (IOException | RuntimeException e) {
            sockets.close();
            shutDown(group);
            throw e;
        }
    }

    public int port() {
        return sockets.port();
    }

    /// Where media is received now, most useful first: the host candidates of an answer.
    public List<InetSocketAddress> addresses() {
        return sockets.present();
    }

    public List<LoopRef> loops() {
        return loops;
    }

    /// For connections to the same endpoints.
    public TcpEdge tcp() {
        return tcp;
    }

    /// The loop for the next endpoint: one with the fewest; among equals each in its turn, so that a burst of joins is
    /// spread as well.
    public LoopRef leastLoaded() {
        int first = Math.floorMod(turn.getAndIncrement(), loops.size());
        LoopRef least = loops.get(first);
        for (int i = 1; i < loops.size(); i++) {
            LoopRef other = loops.get((first + i) % loops.size());
            if (other.load() < least.load()) {
                least = other;
            }
        }
        return least;
    }

    /// `epoll` or `nio`.
    public String transport() {
        return transport == SocketTransport.EPOLL ? "epoll" : "nio";
    }

    /// What the kernel gave of `wantedBufferBytes`.
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    public int sendBufferBytes() {
        return sendBufferBytes;
    }

    public int wantedBufferBytes() {
        return SocketTransport.WANTED_BUFFER_BYTES;
    }

    /// A counter's sum over the loops, as of a moment ago.
    public long count(SfuCounter counter) {
        long sum = 0;
        for (LoopRef loop : loops) {
            sum += loop.loop().counters().get(counter);
        }
        return sum;
    }

    /// A level's sum over the loops, as of a moment ago.
    public long level(SfuLevel level) {
        long sum = 0;
        for (LoopRef loop : loops) {
            sum += loop.loop().counters().get(level);
        }
        return sum;
    }

    /// Adds what all loops measured, by bucket, to `into`.
    ///
    /// @return the sum of the delays
    public long delays(SfuDelay delay, long[] into) {
        long sumNs = 0;
        for (LoopRef loop : loops) {
            DelayHistogram delays = loop.loop().counters().delays(delay);
            delays.addTo(into);
            sumNs += delays.sumNs();
        }
        return sumNs;
    }

    /// How many endpoints there are on all loops, as of a moment ago.
    public int load() {
        return loops.stream().mapToInt(LoopRef::load).sum();
    }

    /// Asks each loop to read from its sockets what the kernel dropped; it does so by itself every few seconds.
    void countKernelDrops() {
        loops.forEach(loop -> loop.run(media -> media.sockets().countKernelDrops()));
    }

    /// Lets the loops do what was asked before, closes the sockets and ends the loops. Endpoints still there are simply
    /// not called any more.
    @Override
    public void close() {
        follower.shutdown();
        try {
            if (!follower.awaitTermination(10, TimeUnit.SECONDS)) {
                follower.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drain();
        sockets.close();
        shutDown(group);
    }

    /// Last words go from loop to loop, like "the room is over" and then "close" to each session; a hop has passed when
    /// each loop's turn has ended with its flush.
    private void drain() {
        for (int hop = 0; hop < HOPS_DRAINED; hop++) {
            CountDownLatch passed = new CountDownLatch(loops.size());
            loops.forEach(
                    loop -> loop.run(media -> media.eventLoop().executeAfterEventLoopIteration(passed::countDown)));
            try {
                if (!passed.await(1, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void shutDown(IoEventLoopGroup group) {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
