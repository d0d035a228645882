package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a client sends to us: each packet finds its track, retransmissions become what they repeat.
final class Publications {
    private static final int RTX_PREFIX_BYTES = 2;

    private final Counters counters;
    private final PublisherFeedback feedback;
    private final HeldPackets held;
    private final SourceTable table;
    private final SourceBinder binder;
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final List<Publication> publications = new ArrayList<>();
    private ExtensionIds bundleExtensions = ExtensionIds.NONE;

    Publications(Limits limits, Counters counters, PublisherFeedback feedback) {
        this.counters = counters;
        this.feedback = feedback;
        this.held = new HeldPackets(limits);
        this.table = new SourceTable(limits.ssrcsPerSession());
        this.binder = new SourceBinder(table);
    }

    void add(Publication publication) {
        publications.add(publication);
        binder.add(publication);
    }

    /// After a further offer.
    void changed(Publication publication, Section section) {
        publication.changed(section);
        binder.learn(publication);
    }

    /// After a further offer.
    ///
    /// @return those whose places it gave to other sections; they are over
    List<Publication> replaced(Negotiated negotiated) {
        List<Publication> replaced = publications.stream()
                .filter(publication -> !negotiated.knows(publication.section().mid()))
                .toList();
        publications.removeAll(replaced);
        replaced.forEach(binder::remove);
        return replaced;
    }

    List<Publication> all() {
        return publications;
    }

    void hold(TrackSource source, boolean held) {
        for (Publication publication : publications) {
            if (publication.source() == source) {
                publication.track().hold(held);
            }
        }
    }

    @Nullable
    Publication byMid(Mid mid) {
        for (Publication publication : publications) {
            if (publication.section().mid().equals(mid)) {
                return publication;
            }
        }
        return null;
    }

    @Nullable
    Publication of(IncomingTrack track) {
        for (Publication publication : publications) {
            if (publication.track() == track) {
                return publication;
            }
        }
        return null;
    }

    /// In a bundle an id means the same in every section (RFC 9143 §9.1), so one table serves all.
    void extensionsChanged(ExtensionIds ids) {
        bundleExtensions = ids;
    }

    SourceTable.@Nullable Source source(int ssrc) {
        return table.get(ssrc);
    }

    /// An authenticated RTP packet; the caller keeps its reference.
    void onRtp(Packet packet, long nowNs) {
        if (!Rtp.valid(packet) || !extensions.parse(packet, bundleExtensions)) {
            counters.add(SfuCounter.RTP_MALFORMED);
            return;
        }
        int transportSeqAt = extensions.offset(ExtensionType.TRANSPORT_CC);
        if (transportSeqAt >= 0 && extensions.has(ExtensionType.TRANSPORT_CC, 2)) {
            feedback.arrived(packet.u16(transportSeqAt), packet.arrivalNs());
        }
        SourceTable.Source source = table.get(Rtp.ssrc(packet));
        if (source == null) {
            unknown(packet, nowNs);
        } else {
            deliver(packet, source, nowNs);
        }
    }

    private void unknown(Packet packet, long nowNs) {
        int ssrc = Rtp.ssrc(packet);
        SourceTable.Source source = binder.bind(packet, extensions);
        if (source != null) {
            for (Packet early : held.take(ssrc)) {
                deliver(early, source, nowNs);
                early.release();
            }
            deliver(packet, source, nowNs);
        } else if (table.full()) {
            counters.add(SfuCounter.LIMIT_SSRCS);
            counters.add(SfuCounter.RTP_UNKNOWN_SSRC);
        } else if (extensions.has(ExtensionType.MID)) {
            counters.add(SfuCounter.RTP_UNKNOWN_SSRC);
        } else if (!held.hold(ssrc, packet)) {
            counters.add(SfuCounter.LIMIT_HELD_PACKETS);
            counters.add(SfuCounter.RTP_UNKNOWN_SSRC);
        }
    }

    private void deliver(Packet packet, SourceTable.Source source, long nowNs) {
        if (source.rtx && !restore(packet, source)) {
            return;
        }
        if (!source.publication.isMedia(Rtp.payloadType(packet))) {
            counters.add(SfuCounter.RTP_MALFORMED);
            return;
        }
        if (Rtp.ssrc(packet) != source.layer().ssrc()) {
            counters.add(SfuCounter.RTP_UNKNOWN_SSRC); // another took its place
            return;
        }
        IncomingTrack track = source.track();
        counters.add(track.kind() == MediaKind.AUDIO ? SfuCounter.RTP_RECEIVED_AUDIO : SfuCounter.RTP_RECEIVED_VIDEO);
        track.accept(packet, source.encoding, nowNs);
    }

    /// Turns a retransmission into the packet that it repeats, [RFC 4588
    /// §4](https://www.rfc-editor.org/rfc/rfc4588#section-4).
    ///
    /// @return false for padding and for what cannot be restored
    private boolean restore(Packet packet, SourceTable.Source source) {
        int ssrc = source.layer().ssrc();
        int length = Rtp.payloadLength(packet);
        int payloadType = source.publication.mediaTypeOfRtx(Rtp.payloadType(packet));
        if (length <= RTX_PREFIX_BYTES || ssrc == 0 || payloadType < 0) {
            return false;
        }
        int at = Rtp.payloadOffset(packet);
        int originalSeq = packet.u16(at);
        int rest = packet.length() - at - RTX_PREFIX_BYTES;
        System.arraycopy(packet.array(), at + RTX_PREFIX_BYTES, packet.array(), at, rest);
        packet.length(at + rest);
        Rtp.payloadType(packet, payloadType);
        Rtp.sequence(packet, originalSeq);
        Rtp.ssrc(packet, ssrc);
        return true;
    }

    void onTime(long nowNs, long roundTripNs) {
        for (Publication publication : publications) {
            publication.track().onTime(nowNs, roundTripNs);
        }
        counters.add(SfuCounter.RTP_UNKNOWN_SSRC, held.dropOld(nowNs));
    }

    long nextTimeNs() {
        long next = held.nextTimeNs();
        for (Publication publication : publications) {
            next = Math.min(next, publication.track().nextTimeNs());
        }
        return next;
    }

    void close() {
        held.clear();
    }
}
