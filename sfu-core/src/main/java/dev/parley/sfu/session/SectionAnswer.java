package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.MediaSectionBuilder;
import dev.parley.sfu.sdp.Msid;
import dev.parley.sfu.sdp.Rid;
import dev.parley.sfu.sdp.Simulcast;
import dev.parley.sfu.sdp.SsrcGroup;
import dev.parley.sfu.sdp.SsrcLine;
import dev.parley.sfu.session.KnownSection.Role;
import java.util.ArrayList;
import java.util.List;

/// The answer to one media section: what the other side reads of it, and what our media path does with it.
final class SectionAnswer {
    private final MediaSection offered;
    private final KnownSection known;
    private final MediaKind kind;
    private final Direction direction;
    private final ExtensionChoice.Chosen extensions;
    private final CodecChoice codecs;

    /// @param mixed two-byte header extensions were agreed on for the whole session
    SectionAnswer(
            MediaSection offered,
            KnownSection known,
            MediaKind kind,
            AnswerPolicy transportPolicy,
            ExtensionChoice bundleExtensions,
            boolean mixed) {
        AnswerPolicy policy = known.policy() == null ? transportPolicy : known.policy();
        boolean publishes = known.role() == Role.PUBLISH;
        this.offered = offered;
        this.known = known;
        this.kind = kind;
        this.direction = Direction.of(
                known.role() == Role.SLOT && offered.direction().receives(),
                publishes && transportPolicy.publish() && offered.direction().sends());
        this.extensions = bundleExtensions.choose(offered.extmaps(), publishes, mixed || offered.extmapAllowMixed());
        this.codecs = CodecChoice.of(
                offered.codecs(),
                kind,
                policy,
                publishes,
                known.source(),
                extensions.ids().has(ExtensionType.TRANSPORT_CC));
    }

    /// False when the section has to be rejected.
    static boolean wanted(MediaSection offered, KnownSection known) {
        return known.live() && known.kind() != null && offered.protocol().contains("RTP/SAVP");
    }

    /// What a section looks like that we do not take: RFC 8829 section 5.3.1.
    static MediaSection rejected(MediaSection offered) {
        return MediaSection.builder(offered.kind(), offered.protocol())
                .formats(offered.formats())
                .mid(offered.mid())
                .direction(Direction.INACTIVE)
                .build();
    }

    boolean hasCodec() {
        return !codecs.isEmpty();
    }

    /// All but the transport's lines.
    MediaSectionBuilder text(Section section) {
        MediaSectionBuilder text = MediaSection.builder(offered.kind(), offered.protocol())
                .mid(offered.mid())
                .direction(direction)
                .codecs(codecs.formats())
                .rtcpMux(true)
                .rtcpReducedSize(offered.rtcpReducedSize())
                .extmapAllowMixed(offered.extmapAllowMixed());
        extensions.extmaps().forEach(text::extmap);
        for (String rid : section.rids()) {
            text.rid(new Rid(rid, false, ""));
        }
        Simulcast sent = offered.simulcast();
        if (!sent.send().isEmpty()) {
            text.simulcast(new Simulcast(List.of(), section.rids(), sent.paused()));
        }
        if (section.weSend()) {
            sources(text, section);
        }
        return text;
    }

    Section section(int index, String cname, Msid label) {
        boolean receives = direction.receives();
        Msid theirs = offered.msid() == null ? new Msid("", "") : offered.msid();
        Msid msid = known.role() == Role.SLOT ? label : theirs;
        return new Section(
                index,
                new Mid(known.mid()),
                kind,
                receives,
                direction.sends(),
                codecs.payloadTypes(),
                extensions.ids(),
                receives ? OfferedSources.of(offered) : List.of(),
                receives ? rids() : List.of(),
                sendSources(),
                codecs.hasFeedback("transport-cc"),
                codecs.hasFeedback("goog-remb"),
                codecs.hasFeedback("nack"),
                codecs.hasFeedback("nack pli"),
                codecs.hasFeedback("ccm fir"),
                codecs.hasRtx(),
                offered.rtcpReducedSize(),
                cname,
                msid.stream(),
                msid.track(),
                known.source(),
                known.slot());
    }

    /// In the order of the simulcast line; a lone RID needs none.
    private List<String> rids() {
        List<String> declared = new ArrayList<>();
        for (Rid rid : offered.rids()) {
            if (rid.send()) {
                declared.add(rid.id());
            }
        }
        List<String> ordered = offered.simulcast().send();
        return ordered.isEmpty()
                ? declared
                : ordered.stream().filter(declared::contains).distinct().toList();
    }

    private List<OfferedSource> sendSources() {
        OfferedSource send = known.send();
        if (send == null || !direction.sends()) {
            return List.of();
        }
        return List.of(codecs.hasRtx() ? send : new OfferedSource(send.ssrc(), 0));
    }

    private static void sources(MediaSectionBuilder text, Section section) {
        Msid msid = new Msid(section.streamId(), section.trackId());
        text.msid(msid);
        for (OfferedSource source : section.sendSources()) {
            text.ssrc(new SsrcLine(source.ssrc(), section.cname(), msid));
            if (source.rtxSsrc() != 0) {
                text.ssrcGroup(new SsrcGroup(SsrcGroup.FID, List.of(source.ssrc(), source.rtxSsrc())));
                text.ssrc(new SsrcLine(source.rtxSsrc(), section.cname(), msid));
            }
        }
    }
}
