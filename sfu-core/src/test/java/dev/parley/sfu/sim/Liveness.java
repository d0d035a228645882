package dev.parley.sfu.sim;

import dev.parley.netsim.Path;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.session.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks several times a second whether each picture that should move does: whoever has been shown in a slot for a
/// while, with nothing wrong on the two ways there, must have been seen lately. One thread.
final class Liveness {
    static final long EVERY_NS = 250_000_000;

    /// After a blackout or a new address: a client's next check may take 2.7 s, and a key frame has to come.
    private static final long RECOVERY_NS = 6 * SimCall.SECOND_NS;

    /// A key frame is asked for each 500 ms, and with 10 % loss each way one time in three in vain: in a day of thirty
    /// pictures one stands for 7 s by chance, and for this long one day in a thousand.
    private static final long FREEZE_MAX_NS = 10 * SimCall.SECOND_NS;
    private static final int SHOWN_MAX = 10;

    private final SimCall call;
    private final Map<SimBrowser, Trouble> troubles = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long longestFreezeNs;
    private boolean expecting = true;

    private static final class Trouble {
        private int address;
        private long lastNs = Long.MIN_VALUE;
        private boolean known;
    }

    Liveness(SimCall call) {
        this.call = call;
    }

    /// The links are such that pictures may well stand.
    void expectFreezes() {
        expecting = false;
    }

    void look() {
        long nowNs = call.nowNs();
        call.here().forEach(browser -> watch(browser, nowNs));
        for (SimBrowser viewer : call.here()) {
            if (undisturbed(viewer, nowNs)) {
                for (Section section : viewer.receivingSections()) {
                    if (section.kind() == MediaKind.VIDEO) {
                        judge(viewer, section.slot(), nowNs);
                    }
                }
            }
        }
    }

    private void watch(SimBrowser browser, long nowNs) {
        Trouble trouble = troubles.computeIfAbsent(browser, _ -> new Trouble());
        Path<byte[]> path = browser.client().net().path();
        int address = path.address(nowNs);
        if (!trouble.known
                || address != trouble.address
                || path.up().disruptions().dark(nowNs)
                || !browser.client().connected()) {
            trouble.lastNs = nowNs;
        }
        trouble.known = true;
        trouble.address = address;
    }

    private boolean undisturbed(SimBrowser browser, long nowNs) {
        Trouble trouble = troubles.get(browser);
        return trouble != null && nowNs - trouble.lastNs > RECOVERY_NS;
    }

    private void judge(SimBrowser viewer, int slot, long nowNs) {
        SimCall.Source shown = call.source(viewer.slots().in(slot, true));
        SimBrowser publisher =
                shown == null || shown.source() != TrackSource.CAMERA ? null : call.who(shown.publisher());
        if (publisher == null
                || !undisturbed(publisher, nowNs)
                || nowNs - viewer.slots().sinceNs(slot, true) < RECOVERY_NS) {
            return;
        }
        long lastNs = viewer.receiver().lastFrameNs(viewer.ssrcOf(slot, true));
        long frozenNs = lastNs == Long.MIN_VALUE ? Long.MAX_VALUE : nowNs - lastNs;
        longestFreezeNs = Math.max(longestFreezeNs, frozenNs);
        if (expecting && frozenNs > FREEZE_MAX_NS && problems.size() < SHOWN_MAX) {
            problems.add("%s has not seen %s in slot %d for %.1f s at %.1f s"
                    .formatted(
                            viewer.name(),
                            publisher.name(),
                            slot,
                            frozenNs / 1e9,
                            call.simulation().elapsedNs() / 1e9));
        }
    }

    /// The longest time for which a picture stood although nothing was wrong but loss.
    double longestFreezeSeconds() {
        return longestFreezeNs / 1e9;
    }

    List<String> problems() {
        return problems;
    }
}
