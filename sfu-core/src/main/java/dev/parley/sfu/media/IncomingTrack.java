package dev.parley.sfu.media;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.KeyFrames;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One published source: what its encodings send is counted, missing packets are asked for, and each packet is passed
/// to everyone who watches. Lives on the publisher's loop; other loops hold it as a name and send it commands.
public final class IncomingTrack {
    private final String id;
    private final MediaKind kind;
    private final Loop owner;
    private final Counters counters;
    private final TrackListener listener;
    private final TrackFormat firstFormat;
    private final IncomingEncoding[] encodings;
    private final @Nullable SourceClock[] clocks;
    private final Fanout fanout;
    private final Map<TrackFeed, FanoutTarget> targets = new IdentityHashMap<>();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final LostSound lostSound;
    private final AudioLevelMeter meter = new AudioLevelMeter();
    /// Null for sound, which is never switched off.
    private final @Nullable EncodingNeeds needs;

    private final NackRequests.Asker[] askers;
    private final LostSound.Found found = this::found;
    private final long codecIntervalNs;
    private long foundNs;
    private long codecAllowedNs = Long.MIN_VALUE;
    private TrackFormat format;
    private @Nullable Codec codec;
    private boolean held;

    /// @param encodings how many layers the source may have, 1 for sound
    public IncomingTrack(
            String id,
            MediaKind kind,
            int encodings,
            TrackFormat format,
            Loop owner,
            Limits limits,
            TrackListener listener) {
        this.id = id;
        this.kind = kind;
        this.owner = owner;
        this.counters = owner.counters();
        this.listener = listener;
        this.firstFormat = format;
        this.format = format;
        this.fanout = new Fanout(owner);
        this.lostSound = new LostSound(owner.packets());
        this.clocks = new SourceClock[encodings];
        this.codecIntervalNs = limits.keyFrameIntervalNs();
        this.encodings = new IncomingEncoding[encodings];
        this.askers = new NackRequests.Asker[encodings];
        for (int i = 0; i < encodings; i++) {
            int encoding = i;
            this.askers[i] = seqIndex -> listener.missing(this, encoding, seqIndex);
            this.encodings[i] = new IncomingEncoding(limits, kind == MediaKind.AUDIO ? 48_000 : 90_000);
        }
        this.needs = kind == MediaKind.VIDEO ? new EncodingNeeds(this.encodings) : null;
    }

    public String id() {
        return id;
    }

    public MediaKind kind() {
        return kind;
    }

    /// The only loop on which anything but `id`, `kind`, `owner` and `encodings` may be touched.
    public Loop owner() {
        return owner;
    }

    public int encodings() {
        return encodings.length;
    }

    public IncomingEncoding encoding(int encoding) {
        return encodings[encoding];
    }

    /// The codec that arrives now, or null before the first packet.
    public @Nullable Codec codec() {
        return codec;
    }

    /// While it is held nothing of it goes to anybody, and it makes no sound; its publisher is served as before.
    public void hold(boolean nothingGoesOut) {
        held = nothingGoesOut;
    }

    public boolean watched() {
        return !fanout.empty();
    }

    /// A valid RTP packet of this source with the media's own SSRC, sequence number and payload type.
    public void accept(Packet packet, int encoding, long nowNs) {
        Codec arriving = format.codec(Rtp.payloadType(packet));
        if (arriving == Codec.RED && !lostSound.valid(packet, format)) {
            counters.add(SfuCounter.RTP_MALFORMED);
            return;
        }
        IncomingEncoding layer = encodings[encoding];
        long seqIndex = layer.received(packet, nowNs);
        if (seqIndex < 0) {
            counters.add(SfuCounter.RTP_DUPLICATE);
            return;
        }
        Codec decoded = arriving == Codec.RED ? Codec.OPUS : arriving;
        if (decoded != null && decoded != codec) {
            follow(decoded, nowNs);
        }
        if (kind == MediaKind.AUDIO && !held) {
            hear(packet, seqIndex, layer, arriving == Codec.RED, nowNs);
        } else if (layer.keyFrames().wanted() && startsDecoding(packet, arriving)) {
            layer.keyFrames().satisfied();
        }
        if (needs != null && needs.came(encoding, nowNs)) {
            listener.due(this);
        }
        if (!held) {
            fanout.forward(packet, encoding, seqIndex, nowNs);
        }
    }

    /// A sender report of one encoding.
    ///
    /// @param publisherNs the report's time by its publisher, in Unix time
    /// @param momentNs the same on the server's clock
    public void onSenderReport(int encoding, int rtpTimestamp, long publisherNs, long momentNs) {
        SourceClock clock = new SourceClock(encoding, rtpTimestamp, momentNs, momentNs - publisherNs);
        clocks[encoding] = clock;
        fanout.senderReport(clock);
    }

    /// After a further offer: other numbers, same track.
    public void changeFormat(TrackFormat changed) {
        format = changed;
        fanout.formatChanged(changed);
    }

    /// Whether the smallest encoding is made also while nobody looks at it, so that whoever does so next has a picture
    /// at once.
    public void lowestStays(boolean stays) {
        if (needs != null) {
            needs.lowestStays(stays, owner.nowNs());
            listener.due(this);
        }
    }

    /// Asks the publisher for what is missing and for the key frames that somebody waits for, and tells which encodings
    /// anyone needs.
    public void onTime(long nowNs, long roundTripNs) {
        int active = needs == null ? EncodingNeeds.NOTHING_TO_TELL : needs.take(nowNs);
        if (active != EncodingNeeds.NOTHING_TO_TELL) {
            listener.encodingsNeeded(this, active);
        }
        for (int i = 0; i < encodings.length; i++) {
            IncomingEncoding encoding = encodings[i];
            boolean hopeless = encoding.nacks().ask(nowNs, roundTripNs, askers[i]);
            if (hopeless && kind == MediaKind.VIDEO && watched()) {
                encoding.keyFrames().want();
            }
            if (encoding.started() && encoding.keyFrames().take(nowNs)) {
                listener.keyFrameWanted(this, i);
            }
        }
    }

    public long nextTimeNs() {
        long next = needs == null ? Deadlines.NEVER : needs.nextTimeNs();
        for (IncomingEncoding encoding : encodings) {
            next = Math.min(next, encoding.nextTimeNs());
        }
        return next;
    }

    TrackFormat firstFormat() {
        return firstFormat;
    }

    void keyFrameWanted(int encoding) {
        counters.add(SfuCounter.KEY_FRAME_REQUESTS_IN);
        encodings[encoding].keyFrames().want();
        listener.due(this);
    }

    /// What subscribers on one loop need from now on, one bit an encoding.
    void needed(TrackFeed feed, int some) {
        if (needs != null) {
            needs.need(feed, some, owner.nowNs());
            listener.due(this);
        }
    }

    void subscribe(TrackFeed feed) {
        FanoutTarget target = fanout.add(feed);
        targets.put(feed, target);
        target.formatChanged(format);
        for (SourceClock clock : clocks) {
            if (clock != null) {
                target.senderReport(clock);
            }
        }
    }

    void unsubscribe(TrackFeed feed) {
        FanoutTarget target = targets.remove(feed);
        if (target != null) {
            fanout.remove(target);
        }
        needed(feed, 0);
    }

    /// Told to the whole room, hence not with each packet of someone who mixes codecs.
    private void follow(Codec arriving, long nowNs) {
        if (nowNs >= codecAllowedNs) {
            codecAllowedNs = nowNs + codecIntervalNs;
            codec = arriving;
            listener.codecChanged(this, arriving);
        }
    }

    private boolean startsDecoding(Packet packet, @Nullable Codec arriving) {
        return arriving != null
                && extensions.parse(packet, format.extensions())
                && KeyFrames.startsDecoding(
                        arriving, packet, Rtp.payloadOffset(packet), Rtp.payloadLength(packet), extensions);
    }

    private void hear(Packet packet, long seqIndex, IncomingEncoding encoding, boolean redundant, long nowNs) {
        listen(packet, redundant ? lostSound.frameLength(packet) : Rtp.payloadLength(packet), nowNs);
        if (redundant) {
            foundNs = nowNs;
            lostSound.recover(packet, seqIndex, format, encoding, found);
        } else {
            lostSound.received(packet, seqIndex);
        }
    }

    private void found(Packet packet, long seqIndex) {
        counters.add(SfuCounter.RED_RECOVERED);
        fanout.forward(packet, 0, seqIndex, foundNs);
    }

    private void listen(Packet packet, int frameLength, long nowNs) {
        boolean told = extensions.parse(packet, format.extensions()) && extensions.has(ExtensionType.AUDIO_LEVEL, 1);
        int level = told ? packet.u8(extensions.offset(ExtensionType.AUDIO_LEVEL)) & 0x7f : AudioLevelMeter.UNKNOWN;
        if (meter.heard(level, frameLength, nowNs)) {
            listener.sound(this, meter.loudest());
        }
    }
}
