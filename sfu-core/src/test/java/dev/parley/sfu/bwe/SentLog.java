package dev.parley.sfu.bwe;

import java.util.Arrays;

/// What a sender sent, and what it was allowed, for looking at each sliding second afterwards.
final class SentLog {
    private long[] timesNs = new long[1024];
    private int[] sizes = new int[1024];
    private double[] estimates = new double[1024];
    private int count;
    private long paddingBytes;
    private long bytes;

    void sent(long nowNs, int size, SentKind kind, double estimateBps) {
        bytes += size;
        if (kind == SentKind.PADDING) {
            paddingBytes += size;
            return;
        }
        if (count == sizes.length) {
            timesNs = Arrays.copyOf(timesNs, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
            estimates = Arrays.copyOf(estimates, count * 2);
        }
        timesNs[count] = nowNs;
        sizes[count] = size;
        estimates[count++] = estimateBps;
    }

    double paddingShare() {
        return (double) paddingBytes / bytes;
    }

    /// By how many bytes the worst sliding second passes 1.05 times the largest estimate in it and two packets.
    double worstExcessBytes(int packetBytes) {
        double worst = Double.NEGATIVE_INFINITY;
        long sum = 0;
        int first = 0;
        for (int last = 0; last < count; last++) {
            sum += sizes[last];
            while (timesNs[first] < timesNs[last] - Scene.SECOND) {
                sum -= sizes[first++];
            }
            double largest = Arrays.stream(estimates, first, last + 1).max().orElse(0);
            worst = Math.max(worst, sum - 1.05 * largest / 8 - 2 * packetBytes);
        }
        return worst;
    }
}
