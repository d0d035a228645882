package dev.parley.sfu.session;

import dev.parley.sfu.media.IncomingEncoding;
import dev.parley.sfu.rtp.ReceiveStatistics;
import java.util.List;

/// What a publisher that only understands REMB is told it may send: rises while nothing is lost, falls with loss. The
/// loss controller of draft-ietf-rmcat-gcc-02 §6, once a second.
final class ReceiveRate {
    private static final long START_BPS = 3_000_000;
    /// Three camera layers and a screen.
    private static final long MAX_BPS = 8_000_000;
    private static final long MIN_BPS = 150_000;

    private long bps = START_BPS;
    private long receivedBefore;
    private long lostBefore;

    long next(List<Publication> publications) {
        long received = 0;
        long lost = 0;
        for (Publication publication : publications) {
            for (int i = 0; i < publication.track().encodings(); i++) {
                IncomingEncoding encoding = publication.track().encoding(i);
                ReceiveStatistics statistics = encoding.statistics();
                received += statistics.receivedPackets();
                lost += Math.max(0, statistics.cumulativeLost());
            }
        }
        adapt(received - receivedBefore, Math.max(0, lost - lostBefore));
        receivedBefore = received;
        lostBefore = lost;
        return bps;
    }

    private void adapt(long received, long lost) {
        double share = received + lost == 0 ? 0 : (double) lost / (received + lost);
        if (share > 0.1) {
            bps = Math.max(MIN_BPS, (long) (bps * (1 - share / 2)));
        } else if (share < 0.02) {
            bps = Math.min(MAX_BPS, (long) (bps * 1.08));
        }
    }
}
