package dev.parley.bench.synth;

import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import java.util.IdentityHashMap;
import java.util.Map;

/// When the last packets of each published stream were sent, for those who receive them on the same loop.
final class SentTimes {
    private static final int REMEMBERED = 4096;

    private final Map<SyntheticStream, long[]> times = new IdentityHashMap<>();

    void sent(SyntheticStream stream, long counter, long nowNs) {
        times.computeIfAbsent(stream, _ -> new long[REMEMBERED])[place(counter)] = nowNs;
    }

    /// 0 when nothing is known.
    long of(SyntheticStream stream, long counter) {
        long[] known = times.get(stream);
        return known == null ? 0 : known[place(counter)];
    }

    private static int place(long counter) {
        return (int) counter & REMEMBERED - 1;
    }
}
