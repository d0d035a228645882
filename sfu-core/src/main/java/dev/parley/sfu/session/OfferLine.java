package dev.parley.sfu.session;

import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.MediaSectionBuilder;
import dev.parley.sfu.sdp.Msid;
import dev.parley.sfu.sdp.Rid;
import dev.parley.sfu.sdp.Simulcast;
import dev.parley.sfu.sdp.SsrcGroup;
import dev.parley.sfu.sdp.SsrcLine;
import java.util.List;
import java.util.Set;

/// One of our own offered sections with what belongs to it for good.
///
/// @param sources one, or one for each RID
/// @param rejected the other side did not take it; its place stays empty
record OfferLine(String mid, OfferedSection wanted, List<OfferedSource> sources, boolean rejected) implements Offered {

    @Override
    public OfferLine rejectedByPeer() {
        return new OfferLine(mid, wanted, sources, true);
    }

    OfferLine wanting(OfferedSection newWanted) {
        return new OfferLine(mid, newWanted, sources, rejected);
    }

    @Override
    public String kindName() {
        return wanted.kind().sdpName();
    }

    @Override
    public MediaSectionBuilder text(OfferDialect dialect, String cname) {
        MediaSectionBuilder text = MediaSection.builder(kindName(), MediaSection.RTP)
                .mid(mid)
                .direction(rejected ? Direction.INACTIVE : wanted.direction())
                .codecs(dialect.codecs(wanted.kind()))
                .rtcpMux(true)
                .rtcpReducedSize(true);
        dialect.extensions(wanted.kind()).forEach(text::extmap);
        if (wanted.direction().sends() && !rejected) {
            sender(text, cname);
        }
        return text;
    }

    /// As Chromium does: with RIDs there are no `a=ssrc` lines.
    private void sender(MediaSectionBuilder text, String cname) {
        Msid msid = new Msid(wanted.streamId(), wanted.trackId());
        text.msid(msid);
        if (!wanted.rids().isEmpty()) {
            wanted.rids().forEach(rid -> text.rid(new Rid(rid, true, "")));
            text.simulcast(new Simulcast(wanted.rids(), List.of(), Set.of()));
            return;
        }
        OfferedSource source = sources.getFirst();
        text.ssrc(new SsrcLine(source.ssrc(), cname, msid));
        if (source.rtxSsrc() != 0) {
            text.ssrcGroup(new SsrcGroup(SsrcGroup.FID, List.of(source.ssrc(), source.rtxSsrc())));
            text.ssrc(new SsrcLine(source.rtxSsrc(), cname, msid));
        }
    }
}
