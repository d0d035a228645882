package dev.parley.sfu.bwe;

/// Measures what a cluster of packets, sent faster than the estimate, did on its way: the rate at which it arrived, or
/// at which it left if that is less. Remembers the last few clusters. One loop's thread; allocates nothing after it was
/// made.
final class ProbeResults {
    static final double NONE = -1;

    private static final int CLUSTERS = 4;
    private static final double ENOUGH = 0.8;
    private static final double ARRIVES_FASTER_MAX = 2;
    /// Arriving more slowly than this share of how it left, the cluster found the end of the link.
    private static final double UNSATURATED = 0.9;

    private static final double UTILIZATION = 0.95;
    private static final long LASTS_NS = 1_000_000_000;

    private final Cluster[] clusters = new Cluster[CLUSTERS];
    private boolean saturated;
    private double arrivedBps;

    private static final class Cluster {
        private int id;
        private int packets;
        private int bytes;
        private long firstSentNs;
        private long lastSentNs;
        private int lastSentBytes;
        private long firstArrivalNs;
        private long lastArrivalNs;
        private int firstArrivalBytes;

        void begin(int id) {
            this.id = id;
            packets = 0;
            bytes = 0;
            firstSentNs = Long.MAX_VALUE;
            lastSentNs = Long.MIN_VALUE;
            firstArrivalNs = Long.MAX_VALUE;
            lastArrivalNs = Long.MIN_VALUE;
        }

        void add(int size, long sentNs, long arrivalNs) {
            firstSentNs = Math.min(firstSentNs, sentNs);
            if (sentNs > lastSentNs) {
                lastSentNs = sentNs;
                lastSentBytes = size;
            }
            if (arrivalNs < firstArrivalNs) {
                firstArrivalNs = arrivalNs;
                firstArrivalBytes = size;
            }
            lastArrivalNs = Math.max(lastArrivalNs, arrivalNs);
            packets++;
            bytes += size;
        }
    }

    ProbeResults() {
        for (int i = 0; i < CLUSTERS; i++) {
            clusters[i] = new Cluster();
            clusters[i].begin(0);
        }
    }

    /// A packet of a cluster arrived.
    ///
    /// @param id of the cluster, above 0
    /// @return what the cluster measured so far, or `NONE` as long as too little of it is known
    double received(int id, int packetsPlanned, int bytesPlanned, int bytes, long sentNs, long arrivalNs) {
        Cluster cluster = clusters[id % CLUSTERS];
        if (cluster.id != id || (cluster.packets > 0 && arrivalNs - cluster.lastArrivalNs > LASTS_NS)) {
            cluster.begin(id);
        }
        cluster.add(bytes, sentNs, arrivalNs);
        boolean enough = cluster.packets >= (int) (packetsPlanned * ENOUGH) && cluster.bytes >= bytesPlanned * ENOUGH;
        return enough ? measured(cluster) : NONE;
    }

    /// Whether the last result is what the link carries, and not only what was tried.
    boolean saturated() {
        return saturated;
    }

    /// The rate at which the cluster of the last result arrived.
    double arrivedBps() {
        return arrivedBps;
    }

    private double measured(Cluster cluster) {
        long sendNs = cluster.lastSentNs - cluster.firstSentNs;
        long arriveNs = cluster.lastArrivalNs - cluster.firstArrivalNs;
        if (sendNs <= 0 || sendNs > LASTS_NS || arriveNs <= 0 || arriveNs > LASTS_NS) {
            return NONE;
        }
        double sentBps = (cluster.bytes - cluster.lastSentBytes) * 8e9 / sendNs;
        arrivedBps = (cluster.bytes - cluster.firstArrivalBytes) * 8e9 / arriveNs;
        if (arrivedBps > ARRIVES_FASTER_MAX * sentBps) {
            return NONE;
        }
        saturated = arrivedBps < UNSATURATED * sentBps;
        return saturated ? UTILIZATION * arrivedBps : Math.min(sentBps, arrivedBps);
    }
}
