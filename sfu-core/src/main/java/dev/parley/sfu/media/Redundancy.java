package dev.parley.sfu.media;

/// How many copies of earlier frames go with each frame of sound to one viewer, by what its way loses. A frame is lost
/// only when all packets with it are: each number of copies is used as long as it leaves less than half a percent of
/// frames missing where losses are independent. Rises at once; falls one by one, each after the loss was clearly lower
/// for a while.
final class Redundancy {
    /// A fourth copy would come 80 ms late: nobody waits for it.
    static final int COPIES_MAX = 3;

    private static final double[] FROM = {0.01, 0.06, 0.15};
    private static final double LOWER = 0.6;
    private static final long CALM_NS = 10_000_000_000L;

    private int copies;
    private long sinceNs;

    /// @param loss 0 to 1
    int copies(double loss, long nowNs) {
        int needed = needed(loss);
        if (needed > copies) {
            copies = needed;
        }
        if (copies == 0 || loss >= FROM[copies - 1] * LOWER) {
            sinceNs = nowNs;
        } else if (nowNs - sinceNs >= CALM_NS) {
            copies--;
            sinceNs = nowNs;
        }
        return copies;
    }

    private static int needed(double loss) {
        int needed = 0;
        while (needed < COPIES_MAX && loss >= FROM[needed]) {
            needed++;
        }
        return needed;
    }
}
