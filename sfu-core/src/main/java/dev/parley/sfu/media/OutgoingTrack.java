package dev.parley.sfu.media;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import org.jspecify.annotations.Nullable;

/// One receiving section of a subscriber: whatever source it shows, the subscriber sees one stream with continuous
/// numbers. Chooses the layer and rewrites. Lives on the subscriber's loop.
public final class OutgoingTrack {
    /// The highest layers that the source has.
    public static final int ALL_LAYERS = Integer.MAX_VALUE;

    /// As a spatial layer: nothing at all, for now.
    public static final int NO_LAYER = -1;

    private final Counters counters;
    private final Feeds feeds;
    private final MediaSink sink;
    private final LayerSelector layers = new LayerSelector();
    private final RtpRewriter rewriter;
    private final PacketBuilder builder;
    private final FirstSending firstSending;
    private final Repair repair;
    private final Padding padding;
    private final Downlink downlink;
    private final SenderReports reports;
    private OutgoingFormat format;
    private @Nullable TrackFeed feed;
    private final Undecodable undecodable = new Undecodable();
    private final ReportedLoss reported = new ReportedLoss();
    private int spatialLayer = ALL_LAYERS;
    private int temporalLayer = ALL_LAYERS;
    private int needed;

    private long shownNs;
    /// The source came in while the subscriber could not be sent to yet: a newcomer waits for its picture.
    private boolean awaited;

    /// For a viewer of this one track.
    public OutgoingTrack(
            OutgoingFormat format, Feeds feeds, MediaSink sink, Counters counters, Limits limits, Rng rng) {
        this(format, feeds, sink, new Downlink(limits, 0), counters, limits, rng);
    }

    /// @param downlink the viewer's, shared by all of its tracks
    public OutgoingTrack(
            OutgoingFormat format,
            Feeds feeds,
            MediaSink sink,
            Downlink downlink,
            Counters counters,
            Limits limits,
            Rng rng) {
        this.downlink = downlink;
        this.format = format;
        this.feeds = feeds;
        this.sink = sink;
        this.counters = counters;
        this.rewriter = new RtpRewriter(format.clockRate(), rng);
        this.builder = new PacketBuilder(format, sink, limits, rng);
        this.firstSending = new FirstSending(format, builder, downlink, counters);
        this.repair = new Repair(format, rewriter, builder, sink, downlink, counters, limits);
        this.padding = new Padding(format, rewriter, builder);
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

    /// Shows another source, or none. A picture begins with a key frame: one that came a moment ago, or the next,
    /// which is asked for.
    public void show(@Nullable IncomingTrack source, long nowNs) {
        TrackFeed before = feed;
        if (source == (before == null ? null : before.track())) {
            return;
        }
        need(0, nowNs);
        if (before != null) {
            before.remove(this);
        }
        TrackFeed next = source == null ? null : feeds.open(source);
        feed = next;
        layers.reset();
        undecodable.reset();
        shownNs = nowNs;
        awaited = false;
        reports.sourceChanged();
        if (next != null) {
            layers.want(encodingWanted(next));
            next.add(this);
            beginOrAsk(next, nowNs);
        }
        if (before != null) {
            feeds.closeIfUnused(before);
        }
    }

    /// What the subscriber is to get from now on: the highest spatial layer (an encoding of a source that has
    /// several, else a layer within the one) and the highest temporal layer. Where the source sends nothing so
    /// low, its lowest. The change comes at the next frame at which it is possible without harm; a key frame is
    /// asked for where it needs one. With `NO_LAYER` the picture pauses, and comes back with a key frame when
    /// something is wanted again.
    public void target(int spatial, int temporal, long nowNs) {
        boolean paused = spatialLayer == NO_LAYER;
        spatialLayer = spatial;
        temporalLayer = temporal;
        TrackFeed shown = feed;
        if (shown == null) {
            layers.want(spatial);
            return;
        }
        layers.want(encodingWanted(shown), shown, nowNs);
        if (spatial == NO_LAYER) {
            layers.reset();
        } else if (paused) {
            beginOrAsk(shown, nowNs);
        } else {
            askForAwaited(shown, nowNs);
        }
    }

    /// Which encodings of the source are to be sent for this subscriber's sake, one bit each. None after `show`.
    public void need(int encodings, long nowNs) {
        if (encodings != needed) {
            needed = encodings;
            if (feed != null) {
                feed.needsChanged(nowNs);
            }
        }
    }

    int needed() {
        return needed;
    }

    /// What the source has to give now.
    ///
    /// @return false when there is none, or only in a codec that the subscriber does not decode
    public boolean describe(SourceLayers into, long nowNs) {
        if (feed == null || undecodable.now()) {
            return false;
        }
        feed.describe(into, nowNs);
        return true;
    }

    /// The spatial layer that goes out now, `NO_LAYER` when none does.
    public int spatialLayer() {
        FrameFilter filter = filter();
        TrackFeed shown = feed;
        boolean several = shown != null && shown.track().encodings() > 1;
        return several || filter == null || layers.current() < 0 ? layers.current() : filter.spatialLayer();
    }

    /// The temporal layer that goes out now, 0 where the source has one only.
    public int temporalLayer() {
        FrameFilter filter = filter();
        return filter == null || layers.current() < 0 ? 0 : filter.temporalLayer();
    }

    private @Nullable FrameFilter filter() {
        Segment segment = rewriter.current();
        return segment == null ? null : segment.filter();
    }

    /// A source of one encoding has its spatial layers within it.
    private int encodingWanted(TrackFeed shown) {
        return shown.track().encodings() > 1 ? spatialLayer : ALL_LAYERS;
    }

    private int layerWanted(Segment segment) {
        return segment.feed.track().encodings() > 1 ? ALL_LAYERS : spatialLayer;
    }

    /// A packet of the source, in the order of arrival.
    void offer(MediaPacket packet, long nowNs) {
        TrackFeed shown = feed;
        Codec codec = packet.codec();
        if (shown == null || codec == null) {
            return;
        }
        PayloadType type = format.payloadType(codec);
        if (undecodable.comes(codec, type != null)) {
            sink.undecodable(this, codec);
        }
        if (type == null) {
            layers.reset();
            return;
        }
        if (!flows()) {
            layers.reset();
            awaited = true;
            return;
        }
        if (spatialLayer == NO_LAYER) {
            complete(shown, packet, type, nowNs);
            return;
        }
        if (rewriter.breaksOff(packet, nowNs)) {
            layers.reset();
        }
        int before = layers.current();
        int aimedAt = layers.target();
        if (layers.takes(packet, shown, nowNs)) {
            if (layers.current() != before) {
                begin(shown, packet, type, nowNs);
            } else {
                forward(packet, type, nowNs);
            }
        } else if (before >= 0) {
            ofAnotherEncoding(shown, packet, type, aimedAt, nowNs);
        }
    }

    /// A packet that was under way when the picture paused still gets the number that was kept for it.
    private void complete(TrackFeed shown, MediaPacket packet, PayloadType type, long nowNs) {
        Segment last = rewriter.current();
        if (last != null
                && last.feed == shown
                && last.encoding == packet.encoding()
                && packet.seqIndex() < last.highestSource()) {
            forward(packet, type, last, nowNs);
        }
    }

    private void ofAnotherEncoding(TrackFeed shown, MediaPacket packet, PayloadType type, int aimedAt, long nowNs) {
        Segment former = rewriter.former(shown, packet);
        if (former != null) {
            forward(packet, type, former, nowNs);
        }
        int target = layers.target();
        if (target == aimedAt) {
            return;
        }
        boolean newer = shown.keyFrameNs(target) > rewriter.lastSentNs();
        if (!newer || !beginsAtRecent(shown, target, nowNs)) {
            shown.requestKeyFrame(target, nowNs);
        } else if (packet.encoding() == target) {
            forward(packet, type, nowNs);
        }
    }

    private void begin(TrackFeed shown, MediaPacket first, PayloadType type, long nowNs) {
        int encoding = first.encoding();
        long index = first.seqIndex();
        rewriter.begin(shown, first, nowNs);
        reports.started(shown.clock(encoding));
        firstSending.sourceChanged();
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
        Segment segment = rewriter.current();
        if (segment != null) {
            forward(packet, type, segment, nowNs);
        }
    }

    private void forward(MediaPacket packet, PayloadType type, Segment segment, long nowNs) {
        long seqIndex = packet.seqIndex();
        if (seqIndex < segment.firstSource) {
            return;
        }
        boolean taken = segment.takes(packet, layerWanted(segment), temporalLayer, nowNs);
        if (!taken && segment.leaveOut(seqIndex)) {
            return;
        }
        long outIndex = segment.outIndex(seqIndex);
        if (outIndex >= 0) {
            send(packet, type, segment, outIndex, taken, nowNs);
        }
    }

    /// @param taken whether the payload goes out, or only the number that was kept for it
    private void send(MediaPacket packet, PayloadType type, Segment segment, long outIndex, boolean taken, long nowNs) {
        Packet out = taken
                ? firstSending.build(packet, segment, type, outIndex, nowNs)
                : firstSending.empty(packet, segment, type, outIndex);
        boolean kept = !type.hasRtx() && format.nacks();
        if (kept) {
            out.retain();
        }
        if (builder.send(out, outIndex, packet)) {
            if (taken) {
                downlink.repairs().sent(Rtp.FIXED_HEADER_BYTES + packet.payloadLength(), nowNs);
                sent(packet, segment, outIndex, nowNs);
            } else {
                rewriter.filled(outIndex);
            }
            if (kept) {
                repair.keep(outIndex, out, nowNs);
            }
        } else if (kept) {
            out.release();
        }
    }

    private void sent(MediaPacket packet, Segment segment, long outIndex, long nowNs) {
        rewriter.sent(packet, segment, outIndex, nowNs);
        if (segment == rewriter.current()) {
            reports.sent(packet, segment, nowNs);
        } else {
            reports.sentLate(packet);
        }
        firstSending.left(packet.payloadLength());
        if (reports.nextTimeNs() <= nowNs) {
            sink.due();
        }
    }

    /// The subscriber misses a packet.
    public void onNack(int seq, long nowNs) {
        counters.add(SfuCounter.NACK_RECEIVED);
        if (flows() && repair.onNack(seq, nowNs)) {
            onKeyFrameRequest(nowNs);
        }
    }

    /// Whether `pad` has something to send.
    public boolean canPad() {
        return feed != null && flows() && padding.possible();
    }

    /// Sends about so many bytes that nobody asked for, as part of a probe.
    ///
    /// @return false when nothing is sent
    public boolean pad(int bytes) {
        return feed != null && flows() && padding.send(bytes);
    }

    /// The subscriber's decoder cannot go on.
    public void onKeyFrameRequest(long nowNs) {
        TrackFeed shown = feed;
        if (shown != null && layers.current() >= 0) {
            shown.requestKeyFrame(layers.current(), nowNs);
        }
    }

    /// The subscriber reported on our SSRC: it knows whose packets these are, and says how many it missed.
    ///
    /// @param fractionLost in 1/256
    /// @param highestSeq with the cycles in the upper half
    public void onReceiverReport(int fractionLost, int highestSeq, long nowNs) {
        builder.mediaIsKnown();
        reported.report(fractionLost, highestSeq, downlink.loss(), nowNs);
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
        askForAwaited(shown, nowNs);
    }

    /// A layer that only a key frame leads to: another encoding, or one within this that has not been reached for
    /// long.
    private void askForAwaited(TrackFeed shown, long nowNs) {
        int awaited = layers.current() < 0 ? -1 : layers.awaited(shown, nowNs);
        FrameFilter filter = filter();
        if (awaited >= 0) {
            shown.requestKeyFrame(awaited, nowNs);
        } else if (filter != null && filter.overdue(nowNs)) {
            int current = layers.current();
            if (current >= 0 && shown.alive(current, nowNs)) {
                shown.requestKeyFrame(current, nowNs);
            }
        }
    }

    /// Whether `onTime` has something to ask for.
    public boolean waitsForKeyFrame() {
        FrameFilter filter = filter();
        boolean waits = layers.waiting() || (filter != null && filter.waits());
        return feed != null && wantsKeyFrames() && waits;
    }

    /// After a further offer of the subscriber: other numbers, same SSRCs.
    public void changeFormat(OutgoingFormat changed) {
        format = changed;
        builder.changeFormat(changed);
        firstSending.changeFormat(changed);
        repair.changeFormat(changed);
        padding.changeFormat(changed);
        undecodable.reset();
    }

    public void close(long nowNs) {
        show(null, nowNs);
        repair.close();
    }

    /// Packets will be able to leave in a moment: a key frame that is asked for now is there by then.
    public void opensSoon(long nowNs) {
        TrackFeed shown = feed;
        if (shown != null && format.kind() == MediaKind.VIDEO && !undecodable.now() && spatialLayer != NO_LAYER) {
            layers.askToBegin(shown, nowNs);
        }
    }

    private void beginOrAsk(TrackFeed source, long nowNs) {
        if (wantsKeyFrames() && !beginsAtRecent(source, nowNs)) {
            layers.askToBegin(source, nowNs);
        }
    }

    /// From the highest encoding down: whichever has a key frame that is still good.
    private boolean beginsAtRecent(TrackFeed source, long nowNs) {
        for (int encoding = source.track().encodings() - 1; encoding >= 0; encoding--) {
            if (beginsAtRecent(source, encoding, nowNs)) {
                return true;
            }
        }
        return false;
    }

    private boolean beginsAtRecent(TrackFeed source, int encoding, long nowNs) {
        MediaPacket first = source.recentKeyFrame(encoding, nowNs);
        Codec codec = first == null ? null : first.codec();
        PayloadType type = codec == null ? null : format.payloadType(codec);
        if (first == null || type == null || !layers.takes(first, source, nowNs)) {
            return false;
        }
        begin(source, first, type, nowNs);
        return true;
    }

    /// A key frame that nobody could send on, or decode, would only cost the others.
    private boolean wantsKeyFrames() {
        return format.kind() == MediaKind.VIDEO && !undecodable.now() && spatialLayer != NO_LAYER && flows();
    }

    private boolean flows() {
        return sink.open() && (format.kind() == MediaKind.AUDIO || sink.takes(format.ssrc()));
    }
}
