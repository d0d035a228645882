package dev.parley.signaling.whip;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often one client address may try to join: what comes to something is given back, so that only failures and
/// what was never finished count, as with connections. Callable from any thread.
final class Attempts {
    /// At once, from one IPv4 address or IPv6 /64: a load test brings 100 a second, each finished within seconds.
    static final int BURST = 1_024;
    /// Failures a second for ever.
    static final double PER_SECOND = 20;
    /// Addresses that are remembered; one that was pushed out begins anew.
    static final int ADDRESSES_MAX = 16_384;

    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    private static final class Bucket {
        double permits = BURST;
        long lastNs;

        Bucket(long nowNs) {
            this.lastNs = nowNs;
        }
    }

    /// False: too many came to nothing.
    synchronized boolean take(InetAddress client, long nowNs) {
        Bucket bucket = buckets.computeIfAbsent(key(client), _ -> new Bucket(nowNs));
        bucket.permits = Math.min(BURST, bucket.permits + (nowNs - bucket.lastNs) / 1e9 * PER_SECOND);
        bucket.lastNs = nowNs;
        if (bucket.permits < 1) {
            return false;
        }
        bucket.permits--;
        return true;
    }

    /// The attempt came to something.
    synchronized void giveBack(InetAddress client) {
        Bucket bucket = buckets.get(key(client));
        if (bucket != null) {
            bucket.permits = Math.min(BURST, bucket.permits + 1);
        }
    }

    private static String key(InetAddress client) {
        byte[] bytes = client.getAddress();
        return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
