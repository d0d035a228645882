package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One track as it arrives on one loop: its packets are read once, offered to each subscriber there and kept for
/// repair. Lives on that loop; between it and the publisher's loop stand commands only.
public final class TrackFeed {
    /// A picture that begins so late catches up unseen; a later one would show its haste, or come in too large a
    /// burst.
    static final long RECENT_NS = 250_000_000;

    private static final int RECENT_PACKETS = 128;

    private final IncomingTrack track;
    private final Loop loop;
    private final Limits limits;
    private final PacketKeeper keeper;
    private final MediaPacket current = new MediaPacket();
    private final MediaPacket recalled = new MediaPacket();
    private final EncodingFeed[] encodings;
    private OutgoingTrack[] subscribers = {};
    private TrackFormat format;
    /// What subscribers here need, one bit an encoding.
    private int needed;

    private boolean closed;

    TrackFeed(IncomingTrack track, Loop loop, Limits limits) {
        this.track = track;
        this.loop = loop;
        this.limits = limits;
        this.format = track.firstFormat();
        this.keeper = loop == track.owner() ? Packet::release : new ForeignPackets(loop, track.owner());
        this.encodings = new EncodingFeed[track.encodings()];
        boolean video = track.kind() == MediaKind.VIDEO;
        Arrays.setAll(encodings, _ -> new EncodingFeed(limits, keeper, video));
    }

    public IncomingTrack track() {
        return track;
    }

    Loop loop() {
        return loop;
    }

    TrackFormat format() {
        return format;
    }

    /// Takes over one reference to the packet.
    void accept(Packet packet, int encoding, long seqIndex, long nowNs) {
        if (closed) {
            keeper.giveBack(packet);
            return;
        }
        EncodingFeed feed = encodings[encoding];
        current.read(packet, encoding, seqIndex, format, feed.structures);
        feed.arrived(current, nowNs);
        loop.counters().forwarding(packet.arrivalNs());
        for (OutgoingTrack subscriber : subscribers) {
            subscriber.offer(current, nowNs);
        }
        loop.counters().forwarding(Deadlines.NEVER);
        feed.keep(current, nowNs);
    }

    /// The first packet of a key frame that came a moment ago: somebody who comes now can begin with it and
    /// have the rest out of the history. Null when it is long past, or something is missing since. Valid until
    /// `recall`.
    @Nullable
    MediaPacket recentKeyFrame(int encoding, long nowNs) {
        EncodingFeed feed = encodings[encoding];
        boolean recent = feed.keyFrameIndex != Long.MIN_VALUE
                && nowNs - feed.keyFrameNs < RECENT_NS
                && feed.history.highest() - feed.keyFrameIndex < RECENT_PACKETS
                && feed.history.completeFrom(feed.keyFrameIndex);
        return recent ? recall(encoding, feed.keyFrameIndex) : null;
    }

    /// When its last key frame came, long ago when none has.
    long keyFrameNs(int encoding) {
        EncodingFeed feed = encodings[encoding];
        return feed.keyFrameIndex == Long.MIN_VALUE ? Long.MIN_VALUE : feed.keyFrameNs;
    }

    /// A packet of the past, or null when it is not kept any more. Valid until the next call.
    @Nullable
    MediaPacket recall(int encoding, long seqIndex) {
        Packet packet = closed ? null : encodings[encoding].history.get(seqIndex);
        if (packet == null) {
            return null;
        }
        recalled.read(packet, encoding, seqIndex, format, encodings[encoding].structures);
        return recalled;
    }

    /// Where the last frames of an encoding lie; null for pictures.
    @Nullable
    SoundFrames sounds(int encoding) {
        return encodings[encoding].sounds;
    }

    /// Whether nothing repairs what this packet was part of: it is not kept any more, and no key frame has come
    /// since.
    boolean lostForGood(int encoding, long seqIndex) {
        EncodingFeed feed = encodings[encoding];
        return seqIndex < feed.history.oldest() && seqIndex >= feed.keyFrameIndex;
    }

    /// The highest index of the encoding that has come and was offered, negative before the first.
    long highest(int encoding) {
        return encodings[encoding].history.highest();
    }

    /// Whether the encoding has arrived lately.
    boolean alive(int encoding, long nowNs) {
        return encodings[encoding].alive(nowNs);
    }

    boolean anyAlive(long nowNs) {
        for (EncodingFeed encoding : encodings) {
            if (encoding.alive(nowNs)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the encoding has stopped while others of its source go on: it is silent, and one of them has
    /// brought three pictures since. A source that stands still as a whole, as a screen does, outpaces nothing.
    boolean outpaced(int encoding, long silentNs, long nowNs) {
        long arrivedNs = encodings[encoding].arrivedNs;
        if (arrivedNs != Long.MIN_VALUE && nowNs - arrivedNs < silentNs) {
            return false;
        }
        for (EncodingFeed other : encodings) {
            if (other.thirdPictureNs > arrivedNs) {
                return true;
            }
        }
        return false;
    }

    /// What the source has to give now.
    void describe(SourceLayers into, long nowNs) {
        into.begin(encodings.length > 1);
        boolean flows = anyAlive(nowNs);
        for (EncodingFeed encoding : encodings) {
            encoding.describe(into, flows, encodings.length == 1, nowNs);
        }
        into.assumeSizes();
    }

    /// A subscriber here needs other encodings than before. What all of them need is the publisher's to know when it
    /// changes.
    void needsChanged(long nowNs) {
        int all = 0;
        for (OutgoingTrack subscriber : subscribers) {
            all |= subscriber.needed();
        }
        if (all == needed) {
            return;
        }
        for (int i = 0; i < encodings.length; i++) {
            encodings[i].needed((all & 1 << i) != 0, nowNs);
        }
        needed = all;
        if (track.owner().inLoop()) {
            track.needed(this, all);
        } else {
            int told = all;
            track.owner().post(() -> track.needed(this, told));
        }
    }

    @Nullable
    SourceClock clock(int encoding) {
        return encodings[encoding].clock;
    }

    /// Passes a subscriber's wish on, merged with the wishes of the others here.
    void requestKeyFrame(int encoding, long nowNs) {
        EncodingFeed feed = encodings[encoding];
        if (feed.keyFrameAskedNs != Long.MIN_VALUE && nowNs - feed.keyFrameAskedNs < limits.keyFrameIntervalNs()) {
            return;
        }
        feed.keyFrameAskedNs = nowNs;
        if (track.owner().inLoop()) {
            track.keyFrameWanted(encoding);
        } else {
            track.owner().post(() -> track.keyFrameWanted(encoding));
        }
    }

    void formatChanged(TrackFormat changed) {
        format = changed;
    }

    void senderReport(SourceClock clock) {
        encodings[clock.encoding()].clock = clock;
        for (OutgoingTrack subscriber : subscribers) {
            subscriber.onClock(clock);
        }
    }

    void add(OutgoingTrack subscriber) {
        OutgoingTrack[] more = Arrays.copyOf(subscribers, subscribers.length + 1);
        more[subscribers.length] = subscriber;
        subscribers = more;
    }

    void remove(OutgoingTrack subscriber) {
        subscribers = Arrays.stream(subscribers).filter(s -> s != subscriber).toArray(OutgoingTrack[]::new);
    }

    boolean unused() {
        return subscribers.length == 0;
    }

    void close() {
        closed = true;
        for (EncodingFeed feed : encodings) {
            feed.history.clear();
        }
    }
}
