package dev.parley.sfu.ice;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.stun.TransactionId;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// One of our addresses and one of the peer's, and how the checks between them go, RFC 8445 §6.1.2. One thread.
final class CandidatePair {
    /// A check as long under way as it takes to send so many more is lost.
    private static final int OUTSTANDING_MAX = 16;

    private record Outstanding(TransactionId id, long sentNs) {}

    final Flow flow;
    private final IceClientSettings settings;
    private final Rng rng;
    private final ArrayDeque<Outstanding> outstanding = new ArrayDeque<>();
    private int answers;
    private long answeredNs;
    private long roundTripNs;
    private boolean awaiting;
    private long sentNs;
    private long pauseNs;

    CandidatePair(Flow flow, IceClientSettings settings, Rng rng, long nowNs) {
        this.flow = flow;
        this.settings = settings;
        this.rng = rng;
        this.sentNs = nowNs;
    }

    /// Everything begins anew, with other credentials.
    void restart(long nowNs) {
        outstanding.clear();
        answers = 0;
        awaiting = false;
        sentNs = nowNs;
        pauseNs = 0;
    }

    boolean valid() {
        return answers > 0;
    }

    boolean fresh(long nowNs) {
        return valid() && nowNs - answeredNs < settings.disconnectedNs();
    }

    long roundTripNs() {
        return roundTripNs;
    }

    /// When the next check is due.
    long dueNs() {
        return sentNs + (awaiting ? Math.min(pauseNs, settings.retryNs()) : pauseNs);
    }

    void soon(long nowNs) {
        sentNs = nowNs;
        pauseNs = 0;
    }

    void sent(TransactionId id, long nowNs) {
        if (outstanding.size() == OUTSTANDING_MAX) {
            outstanding.removeFirst();
        }
        outstanding.addLast(new Outstanding(id, nowNs));
        awaiting = true;
        sentNs = nowNs;
        pauseNs = pause();
    }

    /// Whether `id` was under way here; it no longer is then.
    boolean claims(TransactionId id, long nowNs) {
        Outstanding check = take(id);
        if (check == null) {
            return false;
        }
        roundTripNs = nowNs - check.sentNs();
        return true;
    }

    void answered(long nowNs) {
        answers++;
        answeredNs = nowNs;
        awaiting = false;
        pauseNs = pause();
    }

    private @Nullable Outstanding take(TransactionId id) {
        for (Iterator<Outstanding> all = outstanding.iterator(); all.hasNext(); ) {
            Outstanding check = all.next();
            if (check.id().equals(id)) {
                all.remove();
                return check;
            }
        }
        return null;
    }

    private long pause() {
        if (answers == 0) {
            return settings.unansweredIntervalNs();
        }
        if (answers <= settings.settlingNs().size()) {
            return settings.settlingNs().get(answers - 1);
        }
        long jitterNs = settings.checkJitterNs();
        return settings.checkIntervalNs() + (jitterNs == 0 ? 0 : Math.floorMod(rng.nextLong(), jitterNs));
    }
}
