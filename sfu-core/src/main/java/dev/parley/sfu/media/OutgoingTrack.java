package dev.parley.sfu.media;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import org.jspecify.annotations.Nullable;

/// One receiving section of a subscriber: whatever source it shows, the subscriber sees one stream with continuous
/// numbers. Chooses the layer, rewrites, answers NACKs from the shared history. Lives on the subscriber's loop.
public final class OutgoingTrack {
    private final Counters counters;
    private final Feeds feeds;
    private final MediaSink sink;
    private final LayerSelector layers = new LayerSelector();
    private final RtpRewriter rewriter;
    private final Resends resends;
    private final SentRing sent = new SentRing();
    private final PacketBuilder builder;
    private final SenderReports reports;
    private OutgoingFormat format;
    private @Nullable TrackFeed feed;
    /// Codecs of the source that the subscriber cannot decode, and was told of.
    private int toldUndecodable;

    /// The source comes in such a codec now: no key frame would help.
    private boolean undecodable;

    private long shownNs;
    /// The source came in while the subscriber could not be sent to yet: a newcomer waits for its picture.
    private boolean awaited;

    public OutgoingTrack(
            OutgoingFormat format, Feeds feeds, MediaSink sink, Counters counters, Limits limits, Rng rng) {
        this.format = format;
        this.feeds = feeds;
        this.sink = sink;
        this.counters = counters;
        this.rewriter = new RtpRewriter(format.clockRate(), rng);
        this.resends = new Resends(limits);
        this.builder = new PacketBuilder(format, sink, limits, rng);
        this.reports = new SenderReports(format.clockRate());
    }

    public OutgoingFormat format() {
        return format;
    }

    public SenderReports reports() {
        return reports;
    }

    /// The source that is shown now.
    public @Nullable IncomingTrack source() {
        TrackFeed shown = feed;
        return shown == null ? null : shown.track();
    }

    /// Shows another source, or none. A picture begins with a key frame: one that came a moment ago, or the next, which
    /// is asked for.
    public void show(@Nullable IncomingTrack source, long nowNs) {
        TrackFeed before = feed;
        if (source == (before == null ? null : before.track())) {
            return;
        }
        if (before != null) {
            before.remove(this);
        }
        TrackFeed next = source == null ? null : feeds.open(source);
        feed = next;
        layers.reset();
        toldUndecodable = 0;
        undecodable = false;
        shownNs = nowNs;
        awaited = false;
        reports.sourceChanged();
        if (next != null) {
            next.add(this);
            beginOrAsk(next, nowNs);
        }
        if (before != null) {
            feeds.closeIfUnused(before);
        }
    }

    /// A packet of the source, in the order of arrival.
    void offer(MediaPacket packet, long nowNs) {
        TrackFeed shown = feed;
        Codec codec = packet.codec();
        if (shown == null || codec == null) {
            return;
        }
        PayloadType type = format.payloadType(codec);
        undecodable = type == null;
        if (type == null) {
            layers.reset();
            tellUndecodable(codec);
            return;
        }
        if (!flows()) {
            layers.reset();
            awaited = true;
            return;
        }
        if (rewriter.breaksOff(packet, nowNs)) {
            layers.reset();
        }
        int before = layers.current();
        if (!layers.takes(packet, shown, nowNs)) {
            RtpRewriter.Segment former = before < 0 ? null : rewriter.former(shown, packet);
            if (former != null) {
                forward(packet, type, former, former.outIndex(packet.seqIndex()), nowNs);
            }
            return;
        }
        if (layers.current() != before) {
            begin(shown, packet, type, nowNs);
        } else {
            forward(packet, type, nowNs);
        }
    }

    private void begin(TrackFeed shown, MediaPacket first, PayloadType type, long nowNs) {
        int encoding = first.encoding();
        long index = first.seqIndex();
        rewriter.begin(shown, first, nowNs);
        reports.started(shown.clock(encoding));
        forward(first, type, nowNs);
        catchUp(shown, encoding, index, nowNs);
        if (awaited && format.kind() == MediaKind.VIDEO) {
            sink.pictureCame(nowNs - shownNs);
        }
        awaited = false;
    }

    /// Packets that came after the first one of a key frame, but before it was sent on, follow it now.
    private void catchUp(TrackFeed shown, int encoding, long first, long nowNs) {
        long arrived = shown.highest(encoding);
        for (long index = first + 1; index <= arrived; index++) {
            MediaPacket packet = shown.recall(encoding, index);
            Codec codec = packet == null ? null : packet.codec();
            PayloadType type = codec == null ? null : format.payloadType(codec);
            if (packet != null && type != null) {
                forward(packet, type, nowNs);
            }
        }
    }

    private void forward(MediaPacket packet, PayloadType type, long nowNs) {
        RtpRewriter.Segment segment = rewriter.current();
        long outIndex = rewriter.outIndex(packet);
        if (segment != null && outIndex >= 0) {
            forward(packet, type, segment, outIndex, nowNs);
        }
    }

    private void forward(MediaPacket packet, PayloadType type, RtpRewriter.Segment segment, long outIndex, long nowNs) {
        Packet out = builder.media(packet, segment, type, outIndex, nowNs);
        boolean kept = !type.hasRtx() && format.kind() == MediaKind.VIDEO;
        if (kept) {
            out.retain();
        }
        if (builder.send(out, outIndex, packet)) {
            sent(packet, segment, outIndex, nowNs);
            if (kept) {
                sent.put(outIndex, out);
            }
        } else if (kept) {
            out.release();
        }
    }

    private void sent(MediaPacket packet, RtpRewriter.Segment segment, long outIndex, long nowNs) {
        rewriter.sent(packet, segment, outIndex, nowNs);
        if (segment == rewriter.current()) {
            reports.sent(packet, segment, nowNs);
        } else {
            reports.sentLate(packet);
        }
        count(packet.payloadLength());
        if (reports.nextTimeNs() <= nowNs) {
            sink.due();
        }
    }

    /// The subscriber misses a packet.
    public void onNack(int seq, long nowNs) {
        counters.add(SfuCounter.NACK_RECEIVED);
        long outIndex = rewriter.unwrap(seq);
        RtpRewriter.Segment segment = rewriter.segmentOf(outIndex);
        if (segment == null || !flows() || !resends.allow(outIndex, nowNs)) {
            return;
        }
        Packet again = sent.get(outIndex);
        if (again != null) {
            again.retain();
            sink.sendAgain(again);
            counters.add(SfuCounter.RTX_SENT);
            return;
        }
        long sourceIndex = segment.sourceIndex(outIndex);
        if (segment == rewriter.current() && segment.feed.lostForGood(segment.encoding, sourceIndex)) {
            onKeyFrameRequest(nowNs);
        } else {
            repair(segment, sourceIndex, outIndex, nowNs);
        }
    }

    private void repair(RtpRewriter.Segment segment, long sourceIndex, long outIndex, long nowNs) {
        MediaPacket packet = segment.feed.recall(segment.encoding, sourceIndex);
        Codec codec = packet == null ? null : packet.codec();
        PayloadType type = codec == null ? null : format.payloadType(codec);
        if (packet != null
                && type != null
                && type.hasRtx()
                && builder.sendRtx(packet, segment, type, outIndex, nowNs)) {
            counters.add(SfuCounter.RTX_SENT);
        }
    }

    /// The subscriber's decoder cannot go on.
    public void onKeyFrameRequest(long nowNs) {
        TrackFeed shown = feed;
        if (shown != null && layers.current() >= 0) {
            shown.requestKeyFrame(layers.current(), nowNs);
        }
    }

    /// The subscriber reported on our SSRC: it knows whose packets these are.
    public void onReceiverReport() {
        builder.mediaIsKnown();
    }

    /// The same for the SSRC of our retransmissions.
    public void onRtxReport() {
        builder.rtxIsKnown();
    }

    void onClock(SourceClock clock) {
        if (clock.encoding() == layers.current()) {
            reports.onClock(clock);
        }
    }

    /// Asks again for the key frame that is still waited for; called a few times a second.
    public void onTime(long nowNs) {
        TrackFeed shown = feed;
        if (shown == null || !waitsForKeyFrame()) {
            return;
        }
        if (layers.current() < 0) {
            beginOrAsk(shown, nowNs);
            return;
        }
        int awaited = layers.awaited(shown, nowNs);
        if (awaited >= 0) {
            shown.requestKeyFrame(awaited, nowNs);
        }
    }

    /// Whether `onTime` has something to ask for.
    public boolean waitsForKeyFrame() {
        return feed != null && wantsKeyFrames() && layers.waiting();
    }

    /// After a further offer of the subscriber: other numbers, same SSRCs.
    public void changeFormat(OutgoingFormat changed) {
        format = changed;
        builder.changeFormat(changed);
        toldUndecodable = 0;
        undecodable = false;
    }

    public void close(long nowNs) {
        show(null, nowNs);
        sent.clear();
    }

    /// Packets will be able to leave in a moment: a key frame that is asked for now is there by then.
    public void opensSoon(long nowNs) {
        TrackFeed shown = feed;
        if (shown != null && format.kind() == MediaKind.VIDEO && !undecodable) {
            askForKeyFrame(shown, nowNs);
        }
    }

    private void beginOrAsk(TrackFeed source, long nowNs) {
        if (wantsKeyFrames() && !beginsAtRecent(source, nowNs)) {
            askForKeyFrame(source, nowNs);
        }
    }

    /// From the highest encoding down: whichever has a key frame that is still good.
    private boolean beginsAtRecent(TrackFeed source, long nowNs) {
        for (int encoding = source.track().encodings() - 1; encoding >= 0; encoding--) {
            MediaPacket first = source.recentKeyFrame(encoding, nowNs);
            Codec codec = first == null ? null : first.codec();
            PayloadType type = codec == null ? null : format.payloadType(codec);
            if (first != null && type != null && layers.takes(first, source, nowNs)) {
                begin(source, first, type, nowNs);
                return true;
            }
        }
        return false;
    }

    private static void askForKeyFrame(TrackFeed source, long nowNs) {
        for (int encoding = 0; encoding < source.track().encodings(); encoding++) {
            source.requestKeyFrame(encoding, nowNs);
        }
    }

    /// A key frame that nobody could send on, or decode, would only cost the others.
    private boolean wantsKeyFrames() {
        return format.kind() == MediaKind.VIDEO && !undecodable && flows();
    }

    private boolean flows() {
        return sink.open() && (format.kind() == MediaKind.AUDIO || sink.takes(format.ssrc()));
    }

    private void tellUndecodable(Codec codec) {
        int bit = 1 << codec.ordinal();
        if ((toldUndecodable & bit) == 0) {
            toldUndecodable |= bit;
            sink.undecodable(this, codec);
        }
    }

    private void count(int bytes) {
        boolean audio = format.kind() == MediaKind.AUDIO;
        counters.forwarded();
        counters.add(audio ? SfuCounter.RTP_FORWARDED_AUDIO : SfuCounter.RTP_FORWARDED_VIDEO);
        counters.add(audio ? SfuCounter.RTP_FORWARDED_BYTES_AUDIO : SfuCounter.RTP_FORWARDED_BYTES_VIDEO, bytes);
    }
}
