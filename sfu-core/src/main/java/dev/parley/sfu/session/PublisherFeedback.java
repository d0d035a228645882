package dev.parley.sfu.session;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.IncomingEncoding;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.rtp.rtcp.ArrivalRecorder;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The RTCP that a publisher gets of us: receiver reports, transport-wide feedback or REMB so that its encoders leave
/// their start bitrate, NACKs and key-frame requests. Gathers while a turn lasts and sends in few datagrams.
final class PublisherFeedback {
    /// libwebrtc's own interval at medium rates: short enough for the estimator, long enough to be cheap.
    private static final long ARRIVALS_INTERVAL_NS = 50_000_000;

    private static final long REPORT_INTERVAL_NS = 1_000_000_000;
    private static final int ARRIVALS_REMEMBERED = 8192;
    private static final int SSRC_OF_OURS = 1;
    private static final int NACKED_MAX = 128;

    private final RtcpSink sink;
    private final Limits limits;
    private final Counters counters;
    private final ArrivalRecorder arrivals = new ArrivalRecorder(ARRIVALS_REMEMBERED);
    private final ReceiveRate rate = new ReceiveRate();
    private final int[] nacked = new int[NACKED_MAX];
    private final List<KeyFrameRequest> keyFrames = new ArrayList<>();
    /// The number of each encoding's last FIR, so that the next one is a new command.
    private final Map<IncomingEncoding, Integer> lastFir = new HashMap<>();

    private int nackedCount;
    private int nackedSsrc;
    private long nextArrivalsNs = Long.MIN_VALUE;
    private long nextReportNs = Long.MIN_VALUE;
    private boolean transportWide;
    private boolean remb;

    private record KeyFrameRequest(IncomingEncoding encoding, boolean byFir) {}

    PublisherFeedback(RtcpSink sink, Limits limits, Counters counters) {
        this.sink = sink;
        this.limits = limits;
        this.counters = counters;
    }

    /// How the publisher's offer lets us report: transport-wide, by REMB, or neither.
    void reportsBy(boolean byTransportWide, boolean byRemb) {
        transportWide = byTransportWide;
        remb = byRemb && !byTransportWide;
        nextReportNs = Long.MIN_VALUE;
    }

    void arrived(int transportSeq, long arrivalNs) {
        arrivals.record(transportSeq, arrivalNs);
    }

    void missing(IncomingEncoding encoding, long seqIndex) {
        if (encoding.ssrc() != nackedSsrc || nackedCount == nacked.length) {
            sendNacks();
            nackedSsrc = encoding.ssrc();
        }
        nacked[nackedCount++] = (int) seqIndex & 0xffff;
        counters.add(SfuCounter.NACK_SENT);
    }

    /// Asks in the way that the section was offered with; where it was with none, nobody would know what is meant.
    void keyFrameWanted(IncomingEncoding encoding, Section section) {
        if (section.pli() || section.fir()) {
            keyFrames.add(new KeyFrameRequest(encoding, !section.pli()));
            counters.add(SfuCounter.KEY_FRAME_REQUESTS_OUT);
        }
    }

    long nextTimeNs() {
        long arrivalsNs = transportWide && arrivals.pending() ? nextArrivalsNs : Deadlines.NEVER;
        return Math.min(arrivalsNs, nextReportNs);
    }

    /// Sends what was gathered and what is due.
    void flush(List<Publication> publications, long nowNs) {
        sendNacks();
        sendKeyFrameRequests();
        if (transportWide && arrivals.pending() && nowNs >= nextArrivalsNs) {
            nextArrivalsNs = nowNs + ARRIVALS_INTERVAL_NS;
            sendArrivals(publications);
        }
        if (nowNs >= nextReportNs) {
            nextReportNs = publications.isEmpty() ? Deadlines.NEVER : nowNs + REPORT_INTERVAL_NS;
            sendReports(publications, nowNs);
        }
    }

    private void sendNacks() {
        if (nackedCount == 0) {
            return;
        }
        Arrays.sort(nacked, 0, nackedCount);
        RtcpWriter writer = sink.begin();
        writer.nack(SSRC_OF_OURS, nackedSsrc, nacked, nackedCount);
        sink.send(writer);
        nackedCount = 0;
    }

    private void sendKeyFrameRequests() {
        if (keyFrames.isEmpty()) {
            return;
        }
        RtcpWriter writer = sink.begin();
        for (KeyFrameRequest request : keyFrames) {
            if (!write(writer, request)) {
                sink.send(writer);
                writer = sink.begin();
                write(writer, request);
            }
        }
        sink.send(writer);
        keyFrames.clear();
    }

    private boolean write(RtcpWriter writer, KeyFrameRequest request) {
        int ssrc = request.encoding.ssrc();
        if (!request.byFir) {
            return writer.pli(SSRC_OF_OURS, ssrc);
        }
        int number = lastFir.getOrDefault(request.encoding, -1) + 1 & 0xff;
        boolean written = writer.fir(SSRC_OF_OURS, ssrc, number);
        if (written) {
            lastFir.put(request.encoding, number);
        }
        return written;
    }

    private void sendArrivals(List<Publication> publications) {
        int ssrc = anySsrc(publications);
        for (boolean more = true; more && arrivals.pending(); ) {
            RtcpWriter writer = sink.begin();
            more = arrivals.write(writer, SSRC_OF_OURS, ssrc);
            sink.send(writer);
        }
    }

    private void sendReports(List<Publication> publications, long nowNs) {
        RtcpWriter writer = sink.begin();
        writer.receiverReport(SSRC_OF_OURS);
        int[] ssrcs = new int[limits.ssrcsPerSession()];
        int count = 0;
        for (Publication publication : publications) {
            IncomingTrack track = publication.track();
            for (int i = 0; i < track.encodings() && count < ssrcs.length; i++) {
                IncomingEncoding encoding = track.encoding(i);
                if (encoding.started() && writer.reportBlock(encoding.ssrc(), encoding.statistics(), nowNs)) {
                    ssrcs[count++] = encoding.ssrc();
                }
            }
        }
        if (remb && count > 0) {
            writer.remb(SSRC_OF_OURS, rate.next(publications), ssrcs, count);
        }
        sink.send(writer);
    }

    private static int anySsrc(List<Publication> publications) {
        for (Publication publication : publications) {
            for (int i = 0; i < publication.track().encodings(); i++) {
                if (publication.track().encoding(i).started()) {
                    return publication.track().encoding(i).ssrc();
                }
            }
        }
        return 0;
    }
}
