package dev.parley.sfu.session;

import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.IncomingTrack;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Compares what one client says it decoded with what it was sent, source by source, and says what to try where the two
/// do not fit together.
final class Healing {
    private final Receptions receptions;
    private final Counters counters;
    private final BiConsumer<Reception, HealRung> remedy;
    private final Map<IncomingTrack, PairHealth> pairs = new IdentityHashMap<>();
    private long connectionTriedNs = Long.MIN_VALUE / 2;

    /// @param remedy carries a rung out
    Healing(Receptions receptions, Counters counters, BiConsumer<Reception, HealRung> remedy) {
        this.receptions = receptions;
        this.counters = counters;
        this.remedy = remedy;
    }

    /// The client's view of its slots; those that it does not name are not judged.
    void report(List<SlotReport> reports, long nowNs) {
        for (SlotReport report : reports) {
            for (Reception reception : receptions.of(report.slot())) {
                boolean video = reception.track().format().kind() == MediaKind.VIDEO;
                report(reception, video ? report.video() : report.audio(), nowNs);
            }
        }
        pairs.entrySet()
                .removeIf(pair ->
                        pair.getValue().climbedNs() < nowNs - PairHealth.WINDOW_NS && !receptions.shows(pair.getKey()));
    }

    private void report(Reception reception, SlotReport.@Nullable Half half, long nowNs) {
        IncomingTrack source = reception.track().source();
        if (source == null || half == null) {
            return;
        }
        PairHealth pair = pairs.computeIfAbsent(source, _ -> new PairHealth(source.kind()));
        pair.in(reception);
        if (half.state() != SlotReport.State.PLAYING) {
            pair.idle();
            return;
        }
        long sent = reception.track().reports().packets();
        HealRung rung = pair.report(sent, reception.receivedHighest(), half.decoded(), nowNs);
        count(pair.healedBy());
        if (rung != null && !triedForAnother(rung, nowNs)) {
            remedy.accept(reception, rung);
        }
    }

    /// One restart is enough for all that a connection does not bring.
    private boolean triedForAnother(HealRung rung, long nowNs) {
        boolean ofConnection = rung == HealRung.RESTART || rung == HealRung.TRANSPORT;
        boolean tried = ofConnection && nowNs - connectionTriedNs < PairHealth.APART_NS;
        connectionTriedNs = ofConnection && !tried ? nowNs : connectionTriedNs;
        return tried;
    }

    private void count(@Nullable HealRung healedBy) {
        if (healedBy == HealRung.KEY_FRAME) {
            counters.add(SfuCounter.HEAL_KEY_FRAME);
        } else if (healedBy == HealRung.REMAP) {
            counters.add(SfuCounter.HEAL_REMAP);
        }
    }
}
