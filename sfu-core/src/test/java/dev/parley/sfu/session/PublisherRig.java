package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.HandLoop;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.ContentedPublisher;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// One client's publications below its session: what it sends is plain text here.
final class PublisherRig extends ContentedPublisher {
    static final long MS = 1_000_000;
    static final int OPUS = 111;
    static final int VP8 = 96;
    static final int RTX = 97;
    private static final PayloadType VP8_TYPE = new PayloadType(VP8, Codec.VP8, 90_000, 1, RTX, "");

    final Limits limits = Limits.defaults();
    final HandLoop loop = new HandLoop();
    final CaughtRtcp rtcp = new CaughtRtcp(loop.packets());
    final PublisherFeedback feedback = new PublisherFeedback(rtcp, limits, loop.counters());
    final Publications publications = new Publications(limits, loop.counters(), feedback);

    PublisherRig() {
        publications.extensionsChanged(ClientRtp.IDS);
    }

    /// A client with a microphone `0`, whose SSRC 11 its offer names, and a camera `1` with encodings q, h, f.
    static PublisherRig chromium() {
        PublisherRig rig = new PublisherRig();
        rig.publish(audio("0", new OfferedSource(11, 0)), TrackSource.MICROPHONE);
        rig.publish(video("1", List.of("q", "h", "f")), TrackSource.CAMERA);
        return rig;
    }

    static Section audio(String mid, OfferedSource... sources) {
        PayloadType opus = new PayloadType(OPUS, Codec.OPUS, 48_000, 2, PayloadType.NO_RTX, "");
        return section(mid, MediaKind.AUDIO, opus, List.of(), List.of(sources), false, false);
    }

    static Section video(String mid, List<String> rids, OfferedSource... sources) {
        return section(mid, MediaKind.VIDEO, VP8_TYPE, rids, List.of(sources), true, true);
    }

    /// Pictures of one encoding whose key frames are asked for in this way.
    static Section video(String mid, boolean pli, boolean fir) {
        return section(mid, MediaKind.VIDEO, VP8_TYPE, List.of(), List.of(), pli, fir);
    }

    /// An answer to an offer with these sections.
    static Negotiated negotiated(List<Section> sections, Set<String> resting) {
        return new Negotiated(
                "",
                "",
                "",
                "",
                List.of(),
                false,
                false,
                false,
                ExtensionIds.NONE,
                List.of(),
                sections,
                null,
                resting.stream().map(Mid::new).collect(Collectors.toSet()));
    }

    private static Section section(
            String mid,
            MediaKind kind,
            PayloadType type,
            List<String> rids,
            List<OfferedSource> sources,
            boolean pli,
            boolean fir) {
        return new Section(
                0,
                new Mid(mid),
                kind,
                true,
                false,
                List.of(type),
                ClientRtp.IDS,
                sources,
                rids,
                List.of(),
                true,
                false,
                true,
                pli,
                fir,
                true,
                true,
                "",
                "",
                "",
                null,
                Section.NO_SLOT);
    }

    static Section receiving(String mid, MediaKind kind, int ssrc, int slot) {
        PayloadType type = kind == MediaKind.AUDIO
                ? new PayloadType(OPUS, Codec.OPUS, 48_000, 2, PayloadType.NO_RTX, "")
                : VP8_TYPE;
        return new Section(
                0,
                new Mid(mid),
                kind,
                false,
                true,
                List.of(type),
                ExtensionIds.NONE.with(ExtensionType.MID, 4),
                List.of(),
                List.of(),
                List.of(new OfferedSource(ssrc, kind == MediaKind.AUDIO ? 0 : ssrc + 1)),
                true,
                false,
                true,
                true,
                true,
                true,
                true,
                "cname",
                "",
                "",
                null,
                slot);
    }

    Publication publish(Section section, TrackSource source) {
        IncomingTrack track = new IncomingTrack(
                section.mid().value(),
                section.kind(),
                Math.max(1, section.rids().size()),
                Publication.formatOf(section),
                loop,
                limits,
                this);
        Publication publication = new Publication(section, source, track);
        publications.add(publication);
        return publication;
    }

    void receive(ClientRtp rtp) {
        Packet packet = rtp.in(loop.packets());
        packet.arrivalNs(loop.nowNs());
        loop.turn(() -> publications.onRtp(packet, loop.nowNs()));
        packet.release();
    }

    void onTime() {
        loop.turn(() -> {
            publications.onTime(loop.nowNs(), 50 * MS);
            feedback.flush(publications.all(), loop.nowNs());
        });
    }

    void pass(long ns) {
        loop.nowNs(loop.nowNs() + ns);
    }

    IncomingTrack track(int publication) {
        return publications.all().get(publication).track();
    }

    /// Packets that one encoding received.
    long received(int publication, int encoding) {
        return track(publication).encoding(encoding).statistics().receivedPackets();
    }

    long count(SfuCounter counter) {
        return loop.counters().get(counter);
    }

    @Override
    public void missing(IncomingTrack track, int encoding, long seqIndex) {
        feedback.missing(track.encoding(encoding), seqIndex);
    }

    @Override
    public void keyFrameWanted(IncomingTrack track, int encoding) {
        Section section = Objects.requireNonNull(publications.of(track)).section();
        feedback.keyFrameWanted(track.encoding(encoding), section);
    }
}
