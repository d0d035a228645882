package dev.parley.sfu.session;

import dev.parley.sfu.base.Mid;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.sdp.Extmap;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.Msid;
import dev.parley.sfu.sdp.Rid;
import dev.parley.sfu.sdp.SdpCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads one section of an answer to our own offer.
final class AnsweredSection {
    private final OfferLine line;
    private final OfferedSection wanted;
    private final MediaSection answered;
    private final boolean weSend;
    private final boolean weReceive;
    private final List<PayloadType> payloadTypes;

    AnsweredSection(OfferLine line, MediaSection answered, OfferDialect dialect) {
        this.line = line;
        this.wanted = line.wanted();
        this.answered = answered;
        this.weSend = wanted.direction().sends() && answered.direction().receives();
        this.weReceive = wanted.direction().receives() && answered.direction().sends();
        this.payloadTypes = payloadTypes(dialect.codecs(wanted.kind()));
    }

    boolean hasCodec() {
        return !payloadTypes.isEmpty();
    }

    Section section(int index, OfferDialect dialect, String cname) {
        Msid theirs = answered.msid() == null ? new Msid("", "") : answered.msid();
        Msid msid = weReceive ? theirs : new Msid(wanted.streamId(), wanted.trackId());
        List<String> rids = weSend ? rids() : List.of();
        boolean rtx = payloadTypes.stream().anyMatch(PayloadType::hasRtx);
        return new Section(
                index,
                new Mid(line.mid()),
                wanted.kind(),
                weReceive,
                weSend,
                payloadTypes,
                extensions(dialect.extensions(wanted.kind())),
                weReceive ? OfferedSources.of(answered) : List.of(),
                rids,
                weSend ? sources(rids, rtx) : List.of(),
                hasFeedback("transport-cc"),
                hasFeedback("goog-remb"),
                hasFeedback("nack"),
                hasFeedback("nack pli"),
                hasFeedback("ccm fir"),
                rtx,
                answered.rtcpReducedSize(),
                cname,
                msid.stream(),
                msid.track(),
                wanted.source(),
                wanted.slot());
    }

    /// In the answer's order: RFC 8829 section 5.10 lets the answerer choose what is sent.
    private List<PayloadType> payloadTypes(List<SdpCodec> offered) {
        Set<Integer> numbers = new HashSet<>();
        offered.forEach(codec -> numbers.add(codec.payloadType()));
        Map<Integer, Integer> rtxOf = new HashMap<>();
        for (SdpCodec codec : answered.codecs()) {
            if (CodecVariant.of(codec, wanted.kind()) == Codec.RTX && numbers.contains(codec.payloadType())) {
                rtxOf.putIfAbsent(Formats.apt(codec.parameters()), codec.payloadType());
            }
        }
        List<PayloadType> taken = new ArrayList<>();
        for (SdpCodec codec : answered.codecs()) {
            Codec known = CodecVariant.of(codec, wanted.kind());
            if (known != null && known != Codec.RTX && numbers.contains(codec.payloadType())) {
                taken.add(new PayloadType(
                        codec.payloadType(),
                        known,
                        codec.clockRateHz(),
                        codec.channels(),
                        rtxOf.getOrDefault(codec.payloadType(), PayloadType.NO_RTX),
                        codec.parameters()));
            }
        }
        return List.copyOf(taken);
    }

    private ExtensionIds extensions(List<Extmap> offered) {
        ExtensionIds ids = ExtensionIds.NONE;
        for (Extmap extmap : answered.extmaps()) {
            ExtensionType type = ExtensionType.of(extmap.uri());
            boolean usable = (weSend && extmap.direction().receives())
                    || (weReceive && extmap.direction().sends());
            if (type != null && usable && offered(offered, extmap)) {
                ids = ids.with(type, extmap.id());
            }
        }
        return ids;
    }

    private static boolean offered(List<Extmap> offered, Extmap answered) {
        for (Extmap extmap : offered) {
            if (extmap.id() == answered.id() && extmap.uri().equals(answered.uri())) {
                return true;
            }
        }
        return false;
    }

    /// Those of ours that the other side takes; none means one encoding without a name.
    private List<String> rids() {
        Set<String> taken = new HashSet<>();
        for (Rid rid : answered.rids()) {
            if (!rid.send()) {
                taken.add(rid.id());
            }
        }
        return wanted.rids().stream().filter(taken::contains).toList();
    }

    private List<OfferedSource> sources(List<String> rids, boolean rtx) {
        List<OfferedSource> sources = new ArrayList<>();
        for (int i = 0; i < line.sources().size(); i++) {
            boolean used = rids.isEmpty() ? i == 0 : rids.contains(wanted.rids().get(i));
            if (used) {
                OfferedSource source = line.sources().get(i);
                sources.add(rtx ? source : new OfferedSource(source.ssrc(), 0));
            }
        }
        return sources;
    }

    private boolean hasFeedback(String name) {
        for (SdpCodec codec : answered.codecs()) {
            if (codec.feedback().contains(name)) {
                return true;
            }
        }
        return false;
    }
}
