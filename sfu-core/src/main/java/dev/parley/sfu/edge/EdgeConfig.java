package dev.parley.sfu.edge;

import dev.parley.sfu.base.Limits;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How an edge is started.
///
/// @param port the one UDP port; 0 takes one that is free at every address
/// @param loops event loops; 0 means one for each core
/// @param nativeTransport false takes the portable sockets also where Linux' own could be had
/// @param source what is bound, asked again and again
/// @param strict every address must be there at the start
/// @param rescanNs how often the source is asked
/// @param lingerNs an address that vanished may come back (a cable, a roaming laptop): its sockets stay so long
public record EdgeConfig(
        int port,
        int loops,
        boolean nativeTransport,
        AddressSource source,
        boolean strict,
        long rescanNs,
        long lingerNs,
        UfragOwner owners,
        Limits limits) {
    public EdgeConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the media port must be 0 to 65535, got " + port);
        }
        if (loops < 0) {
            throw new IllegalArgumentException("the number of loops must not be negative, got " + loops);
        }
    }

    /// Every address of this machine, followed as they come and go.
    public static EdgeConfig everywhere(int port, UfragOwner owners) {
        return new EdgeConfig(
                port,
                0,
                true,
                new InterfaceAddresses(),
                false,
                TimeUnit.SECONDS.toNanos(3),
                TimeUnit.SECONDS.toNanos(30),
                owners,
                Limits.defaults());
    }

    /// Only these addresses, all of which must be there.
    public EdgeConfig at(List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (address.isAnyLocalAddress()) {
                throw new IllegalArgumentException("media needs addresses of its own, not the wildcard "
                        + address.getHostAddress() + ": an answer must leave from the address that was asked");
            }
        }
        List<InetAddress> fixed = List.copyOf(addresses);
        return with(loops, nativeTransport, () -> fixed, true, limits);
    }

    public EdgeConfig from(AddressSource newSource) {
        return with(loops, nativeTransport, newSource, strict, limits);
    }

    public EdgeConfig withLoops(int count) {
        return with(count, nativeTransport, source, strict, limits);
    }

    public EdgeConfig withNativeTransport(boolean wanted) {
        return with(loops, wanted, source, strict, limits);
    }

    public EdgeConfig withLimits(Limits newLimits) {
        return with(loops, nativeTransport, source, strict, newLimits);
    }

    public EdgeConfig withTimes(long newRescanNs, long newLingerNs) {
        return new EdgeConfig(port, loops, nativeTransport, source, strict, newRescanNs, newLingerNs, owners, limits);
    }

    private EdgeConfig with(
            int newLoops, boolean newNative, AddressSource newSource, boolean newStrict, Limits newLimits) {
        return new EdgeConfig(port, newLoops, newNative, newSource, newStrict, rescanNs, lingerNs, owners, newLimits);
    }
}
