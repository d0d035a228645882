package dev.parley.sfu.bwe;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// Samples of a scene: what was estimated, what the link carried, and how long packets queued.
final class SceneLog {
    private static final int SECONDS_MAX = 600;
    private static final int PER_SECOND = 20;

    private final double[] estimates = new double[SECONDS_MAX * PER_SECOND];
    private final double[] links = new double[SECONDS_MAX * PER_SECOND];
    private long[] packetNs = new long[1024];
    private long[] queueNs = new long[1024];
    private int packets;
    private int count;

    void sample(long elapsedNs, double estimateBps, double linkBps) {
        count = (int) (elapsedNs * PER_SECOND / Scene.SECOND);
        estimates[count] = estimateBps;
        links[count] = linkBps;
    }

    void packet(long elapsedNs, long queuedNs) {
        if (packets == packetNs.length) {
            packetNs = Arrays.copyOf(packetNs, packets * 2);
            queueNs = Arrays.copyOf(queueNs, packets * 2);
        }
        packetNs[packets] = elapsedNs;
        queueNs[packets++] = queuedNs;
    }

    double meanEstimate(double from, double to) {
        return Arrays.stream(estimates, index(from), index(to)).average().orElse(0);
    }

    double meanLink(double from, double to) {
        return Arrays.stream(links, index(from), index(to)).average().orElse(0);
    }

    /// The estimate as a share of the link.
    double share(double from, double to) {
        return meanEstimate(from, to) / meanLink(from, to);
    }

    /// So long did the packets queue that were sent in this time, all but the longest twentieth.
    double queueMs(double from, double to) {
        long[] some = IntStream.range(0, packets)
                .filter(i -> packetNs[i] >= from * Scene.SECOND && packetNs[i] < to * Scene.SECOND)
                .mapToLong(i -> queueNs[i])
                .sorted()
                .toArray();
        return some.length == 0 ? 0 : some[some.length * 95 / 100] / 1e6;
    }

    /// One line for each second, for whoever wants to look.
    String lines(double from, double to) {
        StringBuilder text = new StringBuilder();
        for (double s = Math.max(from, 0); s < to; s++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%5.0f s  estimate %7.0f  link %7.0f kbit/s  queue %4.0f ms%n",
                    s,
                    meanEstimate(s, s + 1) / 1000,
                    meanLink(s, s + 1) / 1000,
                    queueMs(s, s + 1)));
        }
        return text.toString();
    }

    private static int index(double second) {
        return (int) Math.round(second * PER_SECOND);
    }
}
