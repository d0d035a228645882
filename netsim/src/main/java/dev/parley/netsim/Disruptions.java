package dev.parley.netsim;

import java.util.SplittableRandom;

/// What happens to a path as a whole, both ways at once: blackouts, and changes of the address under which the far side
/// sees the sender. Drawn from the configured rates, or ordered by hand. One thread; time never goes back.
public final class Disruptions {
    private final Occasions blackouts;
    private final Occasions changes;
    private long blackoutNs;
    private long darkUntilNs = Long.MIN_VALUE;
    private int address;

    public Disruptions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        blackouts = new Occasions(random.split());
        changes = new Occasions(random.split());
    }

    void configure(LinkConfig config, long nowNs) {
        advance(nowNs);
        blackoutNs = config.blackoutNs();
        blackouts.rate(config.blackoutsPerHour(), nowNs);
        changes.rate(config.addressChangesPerHour(), nowNs);
    }

    /// Nothing passes from now on; a blackout that lasts longer anyway is not shortened.
    public void blackout(long nowNs, long durationNs) {
        darkUntilNs = Math.max(darkUntilNs, nowNs + durationNs);
    }

    public void changeAddress() {
        address++;
    }

    public boolean dark(long nowNs) {
        advance(nowNs);
        return nowNs < darkUntilNs;
    }

    /// How often the sender's address has changed so far. A packet sent now comes from there, and one that is sent to
    /// an earlier address reaches nobody.
    public int address(long nowNs) {
        advance(nowNs);
        return address;
    }

    private void advance(long nowNs) {
        for (; blackouts.nextNs() <= nowNs; blackouts.take()) {
            blackout(blackouts.nextNs(), blackoutNs);
        }
        for (; changes.nextNs() <= nowNs; changes.take()) {
            address++;
        }
    }
}
