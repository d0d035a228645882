package dev.parley.sfu.session;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.Downlink;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.media.PublisherClock;
import dev.parley.sfu.rtp.NtpTime;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;

/// Takes a client's RTCP apart: what it says of its own streams goes to its publications, what it says of ours to its
/// receptions. An SSRC that is neither concerns nobody.
final class IncomingRtcp implements RtcpVisitor {
    private static final int FOLLOWING_BITS = 16;

    private final Publications publications;
    private final Receptions receptions;
    private final SendBudget budget;
    private final Downlink downlink;
    private final Counters counters;
    private final long wallOffsetNs;
    private final PublisherClock clock = new PublisherClock();
    private long nowNs;

    IncomingRtcp(
            Publications publications,
            Receptions receptions,
            SendBudget budget,
            Downlink downlink,
            Counters counters,
            long wallOffsetNs) {
        this.publications = publications;
        this.receptions = receptions;
        this.budget = budget;
        this.downlink = downlink;
        this.counters = counters;
        this.wallOffsetNs = wallOffsetNs;
    }

    void read(Packet packet, long atNs) {
        nowNs = atNs;
        if (!RtcpReader.read(packet, this)) {
            counters.add(SfuCounter.RTCP_MALFORMED);
        }
    }

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        SourceTable.Source source = publications.source(ssrc);
        if (source == null || source.rtx) {
            return;
        }
        source.layer().statistics().senderReport(ntp, nowNs);
        long publisherNs = NtpTime.toUnixNs(ntp);
        long momentNs = clock.onSenderReport(publisherNs, nowNs);
        source.track().onSenderReport(source.encoding, rtpTimestamp, publisherNs, momentNs);
    }

    @Override
    public void reportBlock(
            int senderSsrc,
            int mediaSsrc,
            int fractionLost,
            int cumulativeLost,
            int highestSeq,
            int jitter,
            int lsr,
            int dlsr) {
        OutgoingTrack track = receptions.bySsrc(mediaSsrc);
        if (track == null) {
            receptions.onRtxReport(mediaSsrc);
            return;
        }
        track.onReceiverReport(fractionLost, highestSeq, nowNs);
        receptions.received(mediaSsrc, highestSeq);
        if (lsr != 0) {
            downlink.roundTrip(NtpTime.roundTripNs(NtpTime.ofUnixNs(nowNs + wallOffsetNs), lsr, dlsr));
        }
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
        OutgoingTrack track = receptions.bySsrc(mediaSsrc);
        if (track == null) {
            return;
        }
        track.onNack(pid, nowNs);
        for (int i = 0; i < FOLLOWING_BITS; i++) {
            if ((blp & 1 << i) != 0) {
                track.onNack(pid + 1 + i & 0xffff, nowNs);
            }
        }
    }

    @Override
    public void transportFeedback(int mediaSsrc, Packet packet, int at, int length) {
        if (!budget.feedback(packet, at, length, nowNs)) {
            counters.add(SfuCounter.RTCP_MALFORMED);
        }
        downlink.loss().transportFeedback(packet, at, length, nowNs);
    }

    /// Speaks for all that the client is sent, but only if one of the streams that it names is ours.
    @Override
    public void remb(long bitrateBps, Packet packet, int ssrcsAt, int ssrcCount) {
        for (int i = 0; i < ssrcCount; i++) {
            if (receptions.sends(packet.i32(ssrcsAt + 4 * i))) {
                budget.remb(bitrateBps, nowNs);
                return;
            }
        }
    }

    @Override
    public void pli(int mediaSsrc) {
        keyFrameRequest(mediaSsrc);
    }

    @Override
    public void fir(int mediaSsrc, int seqNr) {
        keyFrameRequest(mediaSsrc);
    }

    private void keyFrameRequest(int mediaSsrc) {
        OutgoingTrack track = receptions.bySsrc(mediaSsrc);
        if (track != null) {
            track.onKeyFrameRequest(nowNs);
        }
    }
}
