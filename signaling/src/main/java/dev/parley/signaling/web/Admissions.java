package dev.parley.signaling.web;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Counts, for each client address, connections that have not finished anything yet: no request answered, nobody
/// joined. What succeeds is not counted, so an office behind one address is never shut out by its own success.
/// Callable from any event loop.
public final class Admissions {
    /// At once from one IPv4 address or IPv6 /64: at 5 s each, 200 attempts a second that come to nothing.
    static final int UNFINISHED_MAX = 1024;
    /// Of all connections: below the descriptors that systems grant a service.
    static final int OPEN_MAX = 16_384;
    /// How long a failure still counts, so that quick failures are limited too.
    static final long FAILED_HOLD_MS = 1_000;

    private static final AttributeKey<Ticket> TICKET = AttributeKey.valueOf(Admissions.class, "ticket");

    private final ConcurrentHashMap<Address, AtomicInteger> unfinished = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Proxies proxies;
    private final WebWatch watch;

    public Admissions(Proxies proxies, WebWatch watch) {
        this.proxies = proxies;
        this.watch = watch;
    }

    /// Whoever has an IPv6 address has all of its /64.
    record Address(int hash, byte[] prefix) {
        static Address of(InetAddress address) {
            byte[] bytes = address.getAddress();
            byte[] prefix = bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes;
            return new Address(Arrays.hashCode(prefix), prefix);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Address that && Arrays.equals(prefix, that.prefix);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /// Takes the connection in and counts it until it has succeeded or is gone; false: there are too many, close it.
    boolean admit(Channel channel) {
        InetAddress client = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        if (open.incrementAndGet() > OPEN_MAX) {
            open.decrementAndGet();
            watch.limitHit("connections");
            return false;
        }
        Address address = proxies.trusts(client) ? null : Address.of(client);
        if (address != null && count(address, 1) > UNFINISHED_MAX) {
            count(address, -1);
            open.decrementAndGet();
            watch.limitHit("unfinished_connections");
            return false;
        }
        Ticket ticket = new Ticket(address);
        channel.attr(TICKET).set(ticket);
        channel.closeFuture().addListener(_ -> {
            open.decrementAndGet();
            ticket.closed(channel);
        });
        return true;
    }

    /// The connection did what it came for, or a stream of it.
    public static void succeeded(Channel channel) {
        Channel connection = channel instanceof Http2StreamChannel stream ? stream.parent() : channel;
        Ticket ticket = connection.attr(TICKET).get();
        if (ticket != null) {
            ticket.release();
        }
    }

    int open() {
        return open.get();
    }

    private int count(Address address, int change) {
        AtomicInteger now = unfinished.compute(address, (_, before) -> {
            AtomicInteger cell = before == null ? new AtomicInteger() : before;
            return cell.addAndGet(change) == 0 ? null : cell;
        });
        return now == null ? 0 : now.get();
    }

    private final class Ticket {
        private final @Nullable Address address;
        private final AtomicBoolean released = new AtomicBoolean();

        Ticket(@Nullable Address address) {
            this.address = address;
        }

        void release() {
            if (address != null && released.compareAndSet(false, true)) {
                count(address, -1);
            }
        }

        void closed(Channel channel) {
            if (!released.get() && !channel.eventLoop().isShuttingDown()) {
                channel.eventLoop().schedule(this::release, FAILED_HOLD_MS, TimeUnit.MILLISECONDS);
            }
        }
    }
}
