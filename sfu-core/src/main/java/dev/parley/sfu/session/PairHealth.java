package dev.parley.sfu.session;

import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.base.MediaKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One source and this viewer of it: whether the client gets something out of what it is sent, and what has been tried
/// so far. Goes with the pair when it moves to another slot.
///
///     reports:   decoded grows ---------> healthy, the ladder begins at its foot
///                sent, none decoded, 2 s -> one rung, the next after 5 s, at most 4 in a minute, then `NONE` once
///
/// What arrives and is not decoded is not the connection's fault: then the rungs that would disturb everything else are
/// left out, and a publisher who sends garbage costs its viewers nothing but its own picture.
final class PairHealth {
    static final long PATIENCE_NS = 2_000_000_000;
    static final long APART_NS = 5_000_000_000L;
    static final long WINDOW_NS = 60_000_000_000L;
    static final int RUNGS_IN_WINDOW = 4;

    /// So few packets may be one lost frame, or the comfort noise of a silent voice.
    private static final int PACKETS_MIN = 20;

    private static final List<HealRung> PICTURE =
            List.of(HealRung.KEY_FRAME, HealRung.REMAP, HealRung.RESTART, HealRung.TRANSPORT);
    private static final List<HealRung> SOUND = List.of(HealRung.REMAP, HealRung.RESTART, HealRung.TRANSPORT);

    private final List<HealRung> ladder;
    private final long[] climbedNs = new long[RUNGS_IN_WINDOW];
    private int climbs;
    private int next;
    private @Nullable HealRung last;
    private @Nullable HealRung healedBy;
    private @Nullable Reception place;
    private boolean judged;
    private long sentBefore;
    private long decodedBefore;
    private int receivedBefore;
    private long sinceNs;

    PairHealth(MediaKind kind) {
        ladder = kind == MediaKind.VIDEO ? PICTURE : SOUND;
    }

    /// The client wants nothing of it now, or cannot: nothing is expected until the report after the next.
    void idle() {
        judged = false;
    }

    /// Where the pair is now; what was counted elsewhere says nothing.
    void in(Reception reception) {
        judged &= place == reception;
        place = reception;
    }

    /// What the client has to show for what it was sent.
    ///
    /// @param sent packets so far in this slot
    /// @param received the highest number that the client's receiver reports named
    /// @return what is to be done now, or null
    @Nullable
    HealRung report(long sent, int received, long decoded, long nowNs) {
        if (!judged || decoded != decodedBefore) {
            begin(sent, received, decoded, nowNs);
            return null;
        }
        if (sent - sentBefore < PACKETS_MIN || nowNs - sinceNs < PATIENCE_NS) {
            return null;
        }
        return climb(received != receivedBefore, nowNs);
    }

    /// What it took to get it going again, once; null when nothing was tried.
    @Nullable
    HealRung healedBy() {
        HealRung by = healedBy;
        healedBy = null;
        return by;
    }

    /// When something was last tried, or the beginning of time.
    long climbedNs() {
        return climbs == 0 ? Long.MIN_VALUE : climbedNs[(climbs - 1) % RUNGS_IN_WINDOW];
    }

    private void begin(long sent, int received, long decoded, long nowNs) {
        if (judged) {
            healedBy = last;
            last = null;
            next = 0;
        }
        judged = true;
        sentBefore = sent;
        receivedBefore = received;
        decodedBefore = decoded;
        sinceNs = nowNs;
    }

    private @Nullable HealRung climb(boolean arrives, long nowNs) {
        if (last == HealRung.NONE || (climbs > 0 && nowNs - climbedNs() < APART_NS)) {
            return null;
        }
        boolean often = climbs >= RUNGS_IN_WINDOW && nowNs - climbedNs[climbs % RUNGS_IN_WINDOW] < WINDOW_NS;
        boolean ofConnection = next < ladder.size() && ladder.get(next).compareTo(HealRung.RESTART) >= 0;
        last = often || next == ladder.size() || (ofConnection && arrives) ? HealRung.NONE : ladder.get(next++);
        if (last != HealRung.NONE) {
            climbedNs[climbs++ % RUNGS_IN_WINDOW] = nowNs;
        }
        return last;
    }
}
