package dev.parley.netsim;

import java.util.SplittableRandom;

/// A client's way to a server and back: two links that go dark together, and the address under which the server sees
/// the client. One thread; time never goes back.
public final class Path<P> {
    private final Disruptions disruptions;
    private final Link<P> up;
    private final Link<P> down;

    /// @param up also says how often blackouts and address changes come, for both directions
    public Path(LinkConfig up, LinkConfig down, long seed, long nowNs) {
        SplittableRandom seeds = new SplittableRandom(seed);
        disruptions = new Disruptions(seeds.nextLong());
        this.up = new Link<>(up, seeds.nextLong(), disruptions, nowNs);
        this.down = new Link<>(disruptedLike(up, down), seeds.nextLong(), disruptions, nowNs);
    }

    public Link<P> up() {
        return up;
    }

    public Link<P> down() {
        return down;
    }

    public void configure(LinkConfig newUp, LinkConfig newDown, long nowNs) {
        up.configure(newUp, nowNs);
        down.configure(disruptedLike(newUp, newDown), nowNs);
    }

    public void blackout(long nowNs, long durationNs) {
        disruptions.blackout(nowNs, durationNs);
    }

    public void changeAddress() {
        disruptions.changeAddress();
    }

    /// How often the client's address, as the server sees it, has changed so far.
    public int address(long nowNs) {
        return disruptions.address(nowNs);
    }

    private static LinkConfig disruptedLike(LinkConfig up, LinkConfig down) {
        return down.withBlackouts(up.blackoutsPerHour(), up.blackoutNs() / 1e6)
                .withAddressChanges(up.addressChangesPerHour());
    }
}
