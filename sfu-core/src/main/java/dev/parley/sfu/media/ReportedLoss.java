package dev.parley.sfu.media;

/// What a viewer's report blocks say of one stream, each about the packets since the one before. Lives on the
/// subscriber's loop.
final class ReportedLoss {
    private boolean known;
    private int highestSeq;

    /// @param fractionLost in 1/256
    /// @param highest number that came, with the cycles in the upper half
    void report(int fractionLost, int highest, PathLoss loss, long nowNs) {
        if (known) {
            loss.reported(fractionLost, highest - highestSeq, nowNs);
        }
        known = true;
        highestSeq = highest;
    }
}
