package dev.parley.sfu.bwe;

/// Groups packets that left within 5 ms, or arrived as one burst, and compares each group with the one before:
/// draft-ietf-rmcat-gcc-02 §5.2. One loop's thread.
///
///     sent     |||      ||       ||||
///     arrived     |||       ||        | | ||
///                   <--------><----------->   arrival delta, between the last packets of two groups
final class PacketGroups {
    static final long GROUP_NS = 5_000_000;

    private static final long BURST_GAP_NS = 5_000_000;
    private static final long BURST_NS = 100_000_000;
    /// The receiver's clock was set, or it lies.
    private static final long CLOCK_JUMP_NS = 3_000_000_000L;

    private static final int DISORDERED_MAX = 3;

    private final Group current = new Group();
    private final Group previous = new Group();
    private int disordered;
    private long sendDeltaNs;
    private long arrivalDeltaNs;

    private static final class Group {
        private boolean used;
        private long firstSentNs;
        private long lastSentNs;
        private long firstArrivalNs;
        private long lastArrivalNs;
        private long reportedNs;

        void begin(long sentNs, long arrivalNs, long nowNs) {
            used = true;
            firstSentNs = sentNs;
            lastSentNs = sentNs;
            firstArrivalNs = arrivalNs;
            lastArrivalNs = arrivalNs;
            reportedNs = nowNs;
        }

        void add(long sentNs, long arrivalNs, long nowNs) {
            lastSentNs = Math.max(lastSentNs, sentNs);
            lastArrivalNs = arrivalNs;
            reportedNs = nowNs;
        }

        void copy(Group other) {
            used = other.used;
            firstSentNs = other.firstSentNs;
            lastSentNs = other.lastSentNs;
            firstArrivalNs = other.firstArrivalNs;
            lastArrivalNs = other.lastArrivalNs;
            reportedNs = other.reportedNs;
        }
    }

    /// A packet that arrived.
    ///
    /// @return true when a group ended and the deltas are those between it and the one before
    boolean add(long sentNs, long arrivalNs, long nowNs) {
        if (!current.used) {
            current.begin(sentNs, arrivalNs, nowNs);
            return false;
        }
        if (sentNs < current.firstSentNs) {
            return false;
        }
        if (belongs(sentNs, arrivalNs)) {
            current.add(sentNs, arrivalNs, nowNs);
            return false;
        }
        if (previous.used && !sane()) {
            return false;
        }
        boolean measured = previous.used;
        previous.copy(current);
        current.begin(sentNs, arrivalNs, nowNs);
        return measured;
    }

    long sendDeltaNs() {
        return sendDeltaNs;
    }

    long arrivalDeltaNs() {
        return arrivalDeltaNs;
    }

    void reset() {
        current.used = false;
        previous.used = false;
        disordered = 0;
    }

    /// Takes the deltas; false when the current group cannot be compared with the one before.
    private boolean sane() {
        sendDeltaNs = current.lastSentNs - previous.lastSentNs;
        arrivalDeltaNs = current.lastArrivalNs - previous.lastArrivalNs;
        if (arrivalDeltaNs - (current.reportedNs - previous.reportedNs) >= CLOCK_JUMP_NS) {
            reset();
            return false;
        }
        if (arrivalDeltaNs < 0) {
            if (++disordered >= DISORDERED_MAX) {
                reset();
            }
            return false;
        }
        disordered = 0;
        return true;
    }

    private boolean belongs(long sentNs, long arrivalNs) {
        return isBurst(sentNs, arrivalNs) || sentNs - current.firstSentNs <= GROUP_NS;
    }

    /// Packets that a queue let go at once, as wireless links do.
    private boolean isBurst(long sentNs, long arrivalNs) {
        long sentApartNs = sentNs - current.lastSentNs;
        long arrivedApartNs = arrivalNs - current.lastArrivalNs;
        return sentApartNs == 0
                || (arrivedApartNs < sentApartNs
                        && arrivedApartNs <= BURST_GAP_NS
                        && arrivalNs - current.firstArrivalNs < BURST_NS);
    }
}
