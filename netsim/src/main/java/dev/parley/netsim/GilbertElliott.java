package dev.parley.netsim;

import java.util.SplittableRandom;

/// Loss in bursts: a good state in which everything passes and a bad one in which nothing does (Gilbert, 1960; the
/// simplest form of Elliott's model). One thread.
///
///     good --enter--> bad     enter = leave * loss / (1 - loss)
///     bad  --leave--> good    leave = 1 / burst
///
/// A burst of `1 / (1 - loss)` or less is what independent loss has, and gives that.
final class GilbertElliott {
    private final SplittableRandom random;
    private double loss;
    private double enter;
    private double leave;
    private boolean bad;

    GilbertElliott(SplittableRandom random) {
        this.random = random;
    }

    void configure(double share, double burst) {
        loss = share;
        leave = burst * (1 - share) <= 1 ? 1 - share : 1 / burst;
        enter = share < 1 ? leave * share / (1 - share) : 1;
    }

    boolean loses() {
        if (loss == 0) {
            bad = false;
            return false;
        }
        bad = bad ? random.nextDouble() >= leave : random.nextDouble() < enter;
        return bad;
    }
}
