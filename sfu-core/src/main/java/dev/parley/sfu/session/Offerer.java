package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.Group;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.Origin;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.sdp.SdpWriter;
import dev.parley.sfu.sdp.SessionDescription;
import dev.parley.sfu.sdp.Setup;
import dev.parley.sfu.sdp.TransportLines;
import dev.parley.sfu.session.Negotiation.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the offers of one transport and reads their answers: the client's side of our own protocol, and the server's
/// where a protocol wants the server to offer. Pure, as `Negotiator` is. Used by the loop that owns the transport.
///
/// One offer is out at a time. What changes meanwhile is gathered and goes into the next one; a new offer makes the
/// answer to the former stale.
public final class Offerer {
    private final NegotiatorConfig config;
    private final OfferDialect dialect;
    private final SsrcChoice ssrcs;
    private final long sessionId;
    private final List<Offered> lines = new ArrayList<>();
    private LocalIce local;
    private boolean wanted;
    private long offerId;
    private @Nullable Outstanding outstanding;
    private @Nullable Agreed agreed;

    /// What the offer said that is out: the wishes of later moments are not in its answer.
    private record Outstanding(LocalIce local, List<Offered> lines) {}

    private record Agreed(RemoteTransport remote, boolean weAreDtlsClient) {}

    public Offerer(NegotiatorConfig config, OfferDialect dialect) {
        this.config = config;
        this.dialect = dialect;
        this.ssrcs = new SsrcChoice(config.rng());
        this.sessionId = config.rng().nextLong() & Long.MAX_VALUE;
        this.local = config.ice().get();
    }

    /// More sections, for the next offer.
    public void add(List<OfferedSection> sections) {
        for (OfferedSection section : sections) {
            List<OfferedSource> sources = new ArrayList<>();
            for (int i = 0; i < Math.max(1, section.rids().size()); i++) {
                OfferedSource drawn = ssrcs.draw();
                sources.add(section.kind() == MediaKind.VIDEO ? drawn : new OfferedSource(drawn.ssrc(), 0));
            }
            lines.add(new OfferLine(Integer.toString(lines.size()), section, List.copyOf(sources), false));
            wanted = true;
        }
    }

    /// Data channels, from the next offer on; once is enough.
    public void addData() {
        if (lines.stream().noneMatch(OfferedData.class::isInstance)) {
            String mid = Integer.toString(lines.size());
            lines.add(new OfferedData(mid, config.limits().sctpMessageBytes(), false));
            wanted = true;
        }
    }

    /// Another direction or another label for a section that is there, from the next offer on.
    public void change(int index, OfferedSection section) {
        if (!(lines.get(index) instanceof OfferLine line) || line.wanted().kind() != section.kind()) {
            throw new IllegalArgumentException(
                    "section " + index + " is " + lines.get(index).kindName());
        }
        lines.set(index, line.wanting(section));
        wanted = true;
    }

    /// New credentials, from the next offer on.
    public void restartIce() {
        local = config.ice().get();
        wanted = true;
    }

    /// Something changed that no offer has told yet.
    public boolean wanted() {
        return wanted;
    }

    /// An offer waits for its answer.
    public boolean outstanding() {
        return outstanding != null;
    }

    public Proposal propose() {
        offerId++;
        outstanding = new Outstanding(local, List.copyOf(lines));
        wanted = false;
        return new Proposal(offerId, text());
    }

    /// Reads the answer to an offer; null when that offer is no longer the one that is out.
    public @Nullable Negotiation accept(long answeredOfferId, String answer) {
        Outstanding offer = outstanding;
        if (offer == null || answeredOfferId != offerId) {
            return null;
        }
        return switch (SdpParser.parse(answer, config.limits())) {
            case SdpResult.Refused(int line, String cause) ->
                new Negotiation.Refused(Code.BAD_SDP, "line " + line + ": " + cause);
            case SdpResult.Parsed parsed -> {
                try {
                    yield agree(offer, parsed);
                } catch (RefusedException e) {
                    yield e.refusal();
                }
            }
        };
    }

    private String text() {
        TransportAnswer transport = new TransportAnswer(
                local, config.fingerprints(), Setup.ACTPASS, config.candidates().get());
        List<MediaSection> sections = new ArrayList<>(lines.size());
        List<String> bundled = new ArrayList<>(lines.size());
        for (Offered line : lines) {
            if (line.rejected()) {
                sections.add(line.text(dialect, config.cname()).build());
            } else {
                sections.add(transport.into(line.text(dialect, config.cname())));
                bundled.add(line.mid());
            }
        }
        return SdpWriter.write(new SessionDescription(
                Origin.anonymous(sessionId, offerId),
                List.of(new Group(Group.BUNDLE, bundled)),
                dialect.iceLite(),
                true,
                TransportLines.NONE,
                sections));
    }

    private Negotiation agree(Outstanding offer, SdpResult.Parsed parsed) throws RefusedException {
        SessionDescription answer = parsed.description();
        requireFitting(offer, parsed);
        if (answer.sections().stream().allMatch(section -> section.port() == 0)) {
            throw new RefusedException(Code.NO_COMMON_CODEC, "the answer rejects every section");
        }
        Agreed next = agreed(answer, RemoteTransport.of(parsed));
        List<Section> sections = sections(offer, answer);
        int dataIndex = dataIndex(offer, answer);
        DataSection data =
                dataIndex < 0 ? null : DataSection.of(answer.sections().get(dataIndex), answer.bundle());
        if (sections.isEmpty() && data == null) {
            throw new RefusedException(Code.NO_COMMON_CODEC, "no section of the answer has a codec that was offered");
        }
        boolean restart = agreed != null && next.remote.restarts(agreed.remote);
        agreed = next;
        outstanding = null;
        rememberRejected(sections, data == null ? -1 : dataIndex, offer.lines.size());
        return new Negotiation.Accepted(
                "",
                new Negotiated(
                        next.remote.ufrag(),
                        next.remote.pwd(),
                        offer.local.ufrag(),
                        offer.local.pwd(),
                        next.remote.fingerprints(),
                        next.weAreDtlsClient,
                        restart,
                        answer.extmapAllowMixed(),
                        union(sections),
                        candidates(answer),
                        sections,
                        data,
                        Set.of()));
    }

    /// RFC 3264 section 6: an answer has the sections of its offer, in their order.
    private static void requireFitting(Outstanding offer, SdpResult.Parsed parsed) throws RefusedException {
        List<MediaSection> answered = parsed.description().sections();
        if (answered.size() != offer.lines.size()) {
            throw new RefusedException(
                    Code.BAD_SDP, answered.size() + " sections answer " + offer.lines.size() + " offered ones");
        }
        for (int i = 0; i < answered.size(); i++) {
            Offered line = offer.lines.get(i);
            MediaSection section = answered.get(i);
            boolean fits = section.kind().equals(line.kindName())
                    && (section.port() == 0 || line.mid().equals(section.mid()));
            if (!fits) {
                throw new RefusedException(
                        Code.BAD_SDP, parsed.sectionLines().get(i), "this section is not the one that was offered");
            }
        }
    }

    private Agreed agreed(SessionDescription answer, RemoteTransport remote) throws RefusedException {
        if (answer.iceLite() && dialect.iceLite()) {
            throw new RefusedException(Code.BAD_SDP, "both sides are ice-lite; one has to send checks");
        }
        if (remote.setup() == Setup.ACTPASS) {
            throw new RefusedException(Code.BAD_SDP, "an answer has to choose between active and passive");
        }
        boolean client = remote.setup() == Setup.PASSIVE;
        if (agreed != null && (client != agreed.weAreDtlsClient || !remote.sameFingerprints(agreed.remote))) {
            throw new RefusedException(Code.BAD_SDP, "a=setup or a=fingerprint contradicts the handshake that was");
        }
        return new Agreed(remote, client);
    }

    private List<Section> sections(Outstanding offer, SessionDescription answer) {
        List<Section> sections = new ArrayList<>(offer.lines.size());
        for (int i = 0; i < offer.lines.size(); i++) {
            MediaSection answered = answer.sections().get(i);
            if (answered.port() != 0 && offer.lines.get(i) instanceof OfferLine line && !line.rejected()) {
                AnsweredSection section = new AnsweredSection(line, answered, dialect);
                if (section.hasCodec()) {
                    sections.add(section.section(i, dialect, config.cname()));
                }
            }
        }
        return sections;
    }

    /// Where data channels were offered and taken; -1 where they were not.
    private static int dataIndex(Outstanding offer, SessionDescription answer) {
        for (int i = 0; i < offer.lines.size(); i++) {
            boolean taken = answer.sections().get(i).port() != 0;
            if (offer.lines.get(i) instanceof OfferedData data && !data.rejected() && taken) {
                return i;
            }
        }
        return -1;
    }

    private void rememberRejected(List<Section> taken, int takenData, int offered) {
        Set<Integer> indexes = new HashSet<>(Set.of(takenData));
        taken.forEach(section -> indexes.add(section.index()));
        for (int i = 0; i < offered; i++) {
            if (!indexes.contains(i)) {
                lines.set(i, lines.get(i).rejectedByPeer());
            }
        }
    }

    private static ExtensionIds union(List<Section> sections) {
        ExtensionIds union = ExtensionIds.NONE;
        for (Section section : sections) {
            for (ExtensionType type : ExtensionType.values()) {
                if (section.extensions().has(type)) {
                    union = union.with(type, section.extensions().id(type));
                }
            }
        }
        return union;
    }

    private static List<Candidate> candidates(SessionDescription answer) {
        Set<Candidate> candidates = new LinkedHashSet<>();
        for (MediaSection section : answer.sections()) {
            if (section.port() != 0) {
                candidates.addAll(section.candidates());
            }
        }
        return List.copyOf(candidates);
    }
}
