package dev.parley.sfu.ice;

import dev.parley.sfu.base.Deadlines;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which bound address media is sent to. One loop's thread.
///
/// 1. The one from which authenticated packets came last. A change needs three packets in a row or 200 ms, so
///    that what was reordered around an address change does not send media back and forth.
/// 2. Where none came: the one with the newest USE-CANDIDATE.
/// 3. Else the one bound last: browsers start DTLS and media before they nominate, or never nominate twice.
///
/// Within 2 and 3 a choice stays for 200 ms. "Came" is not for ever: who only watches may send nothing for
/// seconds, so a nomination elsewhere, at least a second after anything at all was heard from the address of 1,
/// is a move.
final class PathElection {
    static final int PACKETS_TO_CHANGE = 3;
    static final long HOLD_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /// Longer than browsers go between two checks while they still choose.
    static final long MOVED_NS = TimeUnit.SECONDS.toNanos(1);

    private enum Reason {
        MEDIA,
        NOMINATED,
        BOUND
    }

    private final BoundPaths paths;
    private @Nullable BoundPath media;
    private @Nullable BoundPath challenger;
    private int challengerPackets;
    private long challengerSinceNs;
    private @Nullable BoundPath nominated;
    private @Nullable BoundPath selected;
    private Reason reason = Reason.BOUND;
    private long selectedNs;
    private long heldUntilNs = Deadlines.NEVER;

    PathElection(BoundPaths paths) {
        this.paths = paths;
    }

    @Nullable
    BoundPath selected() {
        return selected;
    }

    @Nullable
    BoundPath media() {
        return media;
    }

    /// An authenticated packet that is no check came from `path`. Called for each one.
    void packet(BoundPath path, long nowNs) {
        if (path == media) {
            challenger = null;
            if (path != selected) {
                elect(nowNs);
            }
        } else if (media == null || challenged(path, nowNs)) {
            follow(path, nowNs);
        }
    }

    void nominated(BoundPath path, long nowNs) {
        path.nominated = true;
        path.nominatedNs = nowNs;
        nominated = path;
        elect(nowNs);
    }

    void removed(BoundPath path, long nowNs) {
        media = media == path ? null : media;
        challenger = challenger == path ? null : challenger;
        selected = selected == path ? null : selected;
        nominated = nominated == path ? newestNomination() : nominated;
        elect(nowNs);
    }

    void onTime(long nowNs) {
        BoundPath next = challenger;
        if (next != null && nowNs - challengerSinceNs >= HOLD_NS) {
            follow(next, nowNs);
        } else if (heldUntilNs <= nowNs) {
            elect(nowNs);
        }
    }

    long nextNs() {
        return Math.min(challenger == null ? Deadlines.NEVER : challengerSinceNs + HOLD_NS, heldUntilNs);
    }

    /// Looks at everything again; to be called when a path was bound or heard.
    void elect(long nowNs) {
        heldUntilNs = Deadlines.NEVER;
        Reason best = bestReason();
        BoundPath choice = choice(best);
        if (choice != selected && selected != null && best == reason && held(nowNs)) {
            heldUntilNs = selectedNs + HOLD_NS;
            return;
        }
        if (choice != selected) {
            selectedNs = nowNs;
        }
        selected = choice;
        reason = best;
    }

    private boolean held(long nowNs) {
        return reason != Reason.MEDIA && nowNs - selectedNs < HOLD_NS;
    }

    private boolean challenged(BoundPath path, long nowNs) {
        if (path != challenger) {
            challenger = path;
            challengerPackets = 0;
            challengerSinceNs = nowNs;
        }
        challengerPackets++;
        return challengerPackets >= PACKETS_TO_CHANGE || nowNs - challengerSinceNs >= HOLD_NS;
    }

    private void follow(BoundPath path, long nowNs) {
        media = path;
        challenger = null;
        elect(nowNs);
    }

    private Reason bestReason() {
        if (media != null && !moved(media)) {
            return Reason.MEDIA;
        }
        return nominated != null ? Reason.NOMINATED : Reason.BOUND;
    }

    private @Nullable BoundPath choice(Reason best) {
        return switch (best) {
            case MEDIA -> media;
            case NOMINATED -> nominated;
            case BOUND -> paths.newest();
        };
    }

    private boolean moved(BoundPath from) {
        return nominated != null && nominated != from && nominated.nominatedNs - from.heardNs >= MOVED_NS;
    }

    private @Nullable BoundPath newestNomination() {
        BoundPath newest = null;
        for (int i = 0; i < paths.size(); i++) {
            BoundPath path = paths.at(i);
            if (path.nominated && (newest == null || path.nominatedNs > newest.nominatedNs)) {
                newest = path;
            }
        }
        return newest;
    }
}
