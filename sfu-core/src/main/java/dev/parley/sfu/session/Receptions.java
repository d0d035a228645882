package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.media.SenderReports;
import dev.parley.sfu.rtp.NtpTime;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything a client receives of us: its slots, and the sender reports of each.
final class Receptions {
    /// How often a key frame that is still missing is asked for; requests are merged further down.
    private static final long TICK_NS = 100_000_000;

    private final List<Reception> receptions = new ArrayList<>();
    private final Map<Integer, Reception> bySsrc = new HashMap<>();
    private final Map<Integer, OutgoingTrack> byRtxSsrc = new HashMap<>();
    private final RtcpSink sink;
    private final long wallOffsetNs;
    private final Allocation allocation;
    private byte[] cname = {};
    private long nextTickNs = Long.MIN_VALUE;

    Receptions(RtcpSink sink, long wallOffsetNs, Allocation allocation) {
        this.sink = sink;
        this.wallOffsetNs = wallOffsetNs;
        this.allocation = allocation;
    }

    void add(Section section, OutgoingTrack track) {
        Reception reception = new Reception(section.slot(), track);
        receptions.add(reception);
        bySsrc.put(section.sendSsrc(), reception);
        if (section.sendRtxSsrc() != 0) {
            byRtxSsrc.put(section.sendRtxSsrc(), track);
        }
        cname = section.cname().getBytes(StandardCharsets.UTF_8);
    }

    @Nullable
    Reception byMid(Mid mid) {
        for (Reception reception : receptions) {
            if (reception.mid().equals(mid)) {
                return reception;
            }
        }
        return null;
    }

    /// Our stream with this SSRC; null where there is none, or nothing is sent in it.
    @Nullable
    OutgoingTrack bySsrc(int ssrc) {
        Reception reception = bySsrc.get(ssrc);
        return reception == null || reception.stopped() ? null : reception.track();
    }

    /// After a further offer: sections that it does not want are silent, and those that it does not even name are over.
    void follow(Negotiated negotiated, long nowNs) {
        for (Reception reception : List.copyOf(receptions)) {
            Section section = negotiated.section(reception.mid());
            if (section == null || !section.weSend()) {
                reception.stop(nowNs);
            }
            if (!negotiated.knows(reception.mid())) {
                receptions.remove(reception);
                bySsrc.remove(reception.track().format().ssrc());
                byRtxSsrc.remove(reception.track().format().rtxSsrc());
                allocation.ended(reception);
                reception.track().close(nowNs);
            }
        }
        allocation.changed();
    }

    /// The client reports on our stream with this SSRC.
    void received(int ssrc, int highestSeq) {
        Reception reception = bySsrc.get(ssrc);
        if (reception != null) {
            reception.receivedHighest(highestSeq);
        }
    }

    /// Both halves of a slot.
    List<Reception> of(int slot) {
        return receptions.stream().filter(r -> r.slot() == slot).toList();
    }

    boolean shows(IncomingTrack source) {
        return receptions.stream().anyMatch(r -> r.track().source() == source);
    }

    /// Shows what is in a slot from a new beginning.
    void again(int slot, long nowNs) {
        of(slot).forEach(reception -> reception.again(nowNs));
        allocation.changed();
    }

    /// Whether a stream of ours has this SSRC, retransmissions included.
    boolean sends(int ssrc) {
        return bySsrc.containsKey(ssrc) || byRtxSsrc.containsKey(ssrc);
    }

    /// Whether `pad` has something to send.
    boolean canPad() {
        for (Reception reception : receptions) {
            if (reception.track().canPad()) {
                return true;
            }
        }
        return false;
    }

    /// Sends about so many bytes that nobody asked for, in the first stream that can.
    void pad(int bytes) {
        for (Reception reception : receptions) {
            if (reception.track().pad(bytes)) {
                return;
            }
        }
    }

    void onRtxReport(int ssrc) {
        OutgoingTrack track = byRtxSsrc.get(ssrc);
        if (track != null) {
            track.onRtxReport();
        }
    }

    int slotOf(OutgoingTrack track) {
        for (Reception reception : receptions) {
            if (reception.track() == track) {
                return reception.slot();
            }
        }
        return Section.NO_SLOT;
    }

    /// Packets will reach the client in a moment: what it waits for is asked for meanwhile.
    void opensSoon(long nowNs) {
        for (Reception reception : receptions) {
            reception.track().opensSoon(nowNs);
        }
    }

    /// Packets reach the client from now on: what it waits for is asked for at once.
    void opened() {
        nextTickNs = Long.MIN_VALUE;
    }

    /// Both halves of a slot change together.
    void show(int slot, @Nullable IncomingTrack video, @Nullable IncomingTrack audio, long nowNs) {
        for (Reception reception : receptions) {
            if (reception.slot() == slot) {
                boolean isVideo = reception.track().format().kind() == MediaKind.VIDEO;
                reception.show(isVideo ? video : audio, nowNs);
            }
        }
        allocation.changed();
    }

    void demand(int slot, Demand demand) {
        for (Reception reception : receptions) {
            if (reception.slot() == slot && reception.track().format().kind() == MediaKind.VIDEO) {
                reception.demand(demand);
            }
        }
        allocation.changed();
    }

    void onTime(long nowNs) {
        allocation.onTime(receptions, nowNs);
        if (nowNs >= nextTickNs) {
            nextTickNs = nowNs + TICK_NS;
            for (Reception reception : receptions) {
                reception.track().onTime(nowNs);
            }
        }
        sendReports(nowNs);
    }

    long nextTimeNs() {
        long next = allocation.nextTimeNs();
        for (Reception reception : receptions) {
            OutgoingTrack track = reception.track();
            next = Math.min(next, track.reports().nextTimeNs());
            if (track.waitsForKeyFrame()) {
                next = Math.min(next, nextTickNs);
            }
        }
        return next;
    }

    private void sendReports(long nowNs) {
        RtcpWriter datagram = null;
        for (Reception reception : receptions) {
            SenderReports reports = reception.track().reports();
            if (!reports.take(nowNs)) {
                continue;
            }
            int ssrc = reception.track().format().ssrc();
            if (datagram == null) {
                datagram = sink.begin();
            }
            if (!write(datagram, reports, ssrc, nowNs)) {
                sink.send(datagram);
                datagram = sink.begin();
                write(datagram, reports, ssrc, nowNs);
            }
        }
        if (datagram != null) {
            sink.send(datagram);
        }
    }

    private boolean write(RtcpWriter datagram, SenderReports reports, int ssrc, long nowNs) {
        long ntp = NtpTime.ofUnixNs(nowNs + wallOffsetNs);
        return datagram.senderReport(ssrc, ntp, reports.timestampAt(nowNs), reports.packets(), reports.octets())
                && datagram.cname(ssrc, cname);
    }

    void close(long nowNs) {
        receptions.forEach(reception -> {
            allocation.ended(reception);
            reception.track().close(nowNs);
        });
    }
}
