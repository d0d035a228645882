package dev.parley.netsim;

import java.util.SplittableRandom;

/// Times drawn at random with a given rate (a Poisson process). One thread.
final class Occasions {
    private static final double NS_PER_HOUR = 3.6e12;

    private final SplittableRandom random;
    private double perHour;
    private long nextNs = EventQueue.NEVER;

    Occasions(SplittableRandom random) {
        this.random = random;
    }

    void rate(double newPerHour, long nowNs) {
        if (newPerHour != perHour) {
            perHour = newPerHour;
            nextNs = after(nowNs);
        }
    }

    long nextNs() {
        return nextNs;
    }

    /// The next one has happened: draws the one after it.
    void take() {
        nextNs = after(nextNs);
    }

    private long after(long timeNs) {
        if (perHour <= 0) {
            return EventQueue.NEVER;
        }
        double waitNs = -Math.log(1 - random.nextDouble()) / perHour * NS_PER_HOUR;
        return timeNs + Math.max(1, Math.round(waitNs));
    }
}
