package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.sdp.Group;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.Msid;
import dev.parley.sfu.sdp.Origin;
import dev.parley.sfu.sdp.SdpFragment;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.sdp.SdpWriter;
import dev.parley.sfu.sdp.SessionDescription;
import dev.parley.sfu.sdp.Setup;
import dev.parley.sfu.sdp.TransportLines;
import dev.parley.sfu.session.Negotiation.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers the offers of one transport. Pure: text in, text and records out. Used by the loop that owns the transport.
///
/// Remembers from offer to offer what must not change: mids, roles, slots, SSRCs, the DTLS role, the session id. An
/// offer that is refused changes nothing. Who offers is fixed for a transport, so there is no glare; where we are the
/// one who offers it is `Offerer`.
public final class Negotiator {
    private final NegotiatorConfig config;
    private final SlotLabels labels = new SlotLabels();
    private final long sessionId;
    private long sessionVersion;
    private List<KnownSection> sections = List.of();
    private @Nullable Agreed agreed;
    private @Nullable Negotiated last;

    /// What both sides said of the transport.
    private record Agreed(RemoteTransport remote, LocalIce local, boolean weAreDtlsClient) {}

    public Negotiator(NegotiatorConfig config) {
        this.config = config;
        this.sessionId = config.rng().nextLong() & Long.MAX_VALUE;
    }

    /// Answers an offer, the first or a further one.
    ///
    /// @param announced what sending sections carry, where the client says so; holds for later offers too
    public Negotiation accept(String offer, List<AnnouncedSection> announced) {
        return accept(SdpParser.parse(offer, config.limits()), announced);
    }

    /// The same where somebody has read the text already.
    public Negotiation accept(SdpResult offer, List<AnnouncedSection> announced) {
        return switch (offer) {
            case SdpResult.Refused(int line, String cause) ->
                new Negotiation.Refused(Code.BAD_SDP, "line " + line + ": " + cause);
            case SdpResult.Parsed parsed -> {
                try {
                    yield answer(parsed, announced);
                } catch (RefusedException e) {
                    yield e.refusal();
                }
            }
        };
    }

    /// Takes a fragment of the other side, RFC 8840. Candidates need no answer; credentials that differ from the last
    /// ones begin a new generation of ICE, which a fragment of ours answers. Everything else stays as it was.
    public Negotiation trickle(String text) {
        Agreed transport = agreed;
        Negotiated former = last;
        if (transport == null || former == null) {
            return new Negotiation.Refused(Code.BAD_SDP, "a fragment before the first offer");
        }
        return switch (SdpFragment.parse(text, config.limits())) {
            case SdpFragment.Refused(int line, String cause) ->
                new Negotiation.Refused(Code.BAD_SDP, "line " + line + ": " + cause);
            case SdpFragment.Parsed(SdpFragment fragment) -> trickled(transport, former, fragment);
        };
    }

    private Negotiation trickled(Agreed transport, Negotiated former, SdpFragment fragment) {
        RemoteTransport remote = transport.remote.with(fragment);
        if (!remote.restarts(transport.remote)) {
            return new Negotiation.Accepted("", former.generation(transport.remote, transport.local, false));
        }
        Agreed next = new Agreed(remote, config.ice().get(), transport.weAreDtlsClient);
        agreed = next;
        Negotiated restarted = former.generation(remote, next.local, true);
        last = restarted;
        return new Negotiation.Accepted(
                FragmentAnswer.of(restarted, config.candidates().get()), restarted);
    }

    /// Names the stream and track of a slot's half in every answer from the next one on.
    public void label(MediaKind kind, int slot, String streamId, String trackId) {
        labels.set(kind, slot, new Msid(streamId, trackId));
    }

    /// Takes such a name back.
    public void unlabel(MediaKind kind, int slot) {
        labels.clear(kind, slot);
    }

    private Negotiation answer(SdpResult.Parsed parsed, List<AnnouncedSection> announced) throws RefusedException {
        SessionDescription offer = parsed.description();
        if (offer.iceLite()) {
            throw new RefusedException(Code.BAD_SDP, "both sides are ice-lite; one has to send checks");
        }
        Agreed next = agree(RemoteTransport.of(parsed));
        SsrcChoice ssrcs = new SsrcChoice(config.rng());
        ssrcs.avoid(offer.sections());
        List<KnownSection> known = SectionTable.of(sections, parsed, announced, config.policy(), ssrcs);
        AnswerWriter writer = new AnswerWriter(offer, next);
        for (int i = 0; i < known.size(); i++) {
            writer.section(i, known.get(i));
        }
        writer.requireMedia();
        boolean restart = agreed != null && !agreed.local.equals(next.local);
        agreed = next;
        sections = List.copyOf(writer.known);
        Negotiated negotiated = writer.negotiated(restart);
        last = negotiated;
        return new Negotiation.Accepted(writer.text(), negotiated);
    }

    /// The transport after this offer: certificate and DTLS role stay, ICE may begin anew.
    private Agreed agree(RemoteTransport remote) throws RefusedException {
        Agreed former = agreed;
        if (former == null) {
            return new Agreed(remote, config.ice().get(), remote.setup() == Setup.PASSIVE);
        }
        if (!remote.sameFingerprints(former.remote)) {
            throw new RefusedException(Code.BAD_SDP, "another a=fingerprint needs another transport");
        }
        if (remote.setup() == (former.weAreDtlsClient ? Setup.ACTIVE : Setup.PASSIVE)) {
            throw new RefusedException(Code.BAD_SDP, "a=setup contradicts the handshake that was");
        }
        LocalIce local = remote.restarts(former.remote) ? config.ice().get() : former.local;
        return new Agreed(remote, local, former.weAreDtlsClient);
    }

    /// One answer while it is put together.
    private final class AnswerWriter {
        final List<KnownSection> known = new ArrayList<>();
        private final SessionDescription offer;
        private final Agreed transport;
        private final TransportAnswer ownTransport;
        private final ExtensionChoice extensions = new ExtensionChoice();
        private final List<MediaSection> written = new ArrayList<>();
        private final List<Section> taken = new ArrayList<>();
        private final Set<Mid> resting = new HashSet<>();
        private final List<String> bundled = new ArrayList<>();
        private @Nullable DataSection data;
        private boolean mediaOffered;
        private boolean mixed;

        AnswerWriter(SessionDescription offer, Agreed transport) {
            this.offer = offer;
            this.transport = transport;
            this.mixed = true;
            Setup setup = transport.weAreDtlsClient ? Setup.ACTIVE : Setup.PASSIVE;
            this.ownTransport = new TransportAnswer(
                    transport.local,
                    config.fingerprints(),
                    setup,
                    config.candidates().get());
        }

        void section(int index, KnownSection section) {
            MediaSection offered = offer.sections().get(index);
            MediaKind kind = section.kind();
            DataSection channels = section.live() && data == null ? DataSection.of(offered, offer.bundle()) : null;
            if (channels != null) {
                data = channels;
                written.add(ownTransport.into(DataSection.text(offered, config.limits())));
                bundle(section.mid());
                known.add(section);
                return;
            }
            if (kind == null || !SectionAnswer.wanted(offered, section)) {
                reject(offered, section);
                return;
            }
            mediaOffered = true;
            SectionAnswer answer =
                    new SectionAnswer(offered, section, kind, config.policy(), extensions, offer.extmapAllowMixed());
            if (answer.hasCodec()) {
                Section agreedSection = answer.section(index, config.cname(), labels.of(kind, section.slot()));
                written.add(ownTransport.into(answer.text(agreedSection)));
                taken.add(agreedSection);
                bundle(section.mid());
                known.add(section);
                mixed &= offered.extmapAllowMixed();
            } else {
                reject(offered, section);
            }
        }

        /// A lone section may come without a mid, and then is in no group.
        private void bundle(String mid) {
            if (!mid.isEmpty()) {
                bundled.add(mid);
            }
        }

        void requireMedia() throws RefusedException {
            if (!mediaOffered) {
                throw new RefusedException(Code.BAD_SDP, "there is no audio or video section");
            }
            if (taken.isEmpty()) {
                throw new RefusedException(Code.NO_COMMON_CODEC, "no section has a codec that we take");
            }
            if (!config.policy().watch() && taken.stream().noneMatch(Section::weReceive)) {
                throw new RefusedException(Code.BAD_SDP, "no section sends audio or video");
            }
            if (!config.policy().publish() && taken.stream().noneMatch(Section::weSend)) {
                throw new RefusedException(Code.BAD_SDP, "no section receives audio or video");
            }
        }

        String text() {
            return SdpWriter.write(new SessionDescription(
                    Origin.anonymous(sessionId, ++sessionVersion),
                    offer.bundle() == null ? List.of() : List.of(new Group(Group.BUNDLE, bundled)),
                    true,
                    offer.extmapAllowMixed(),
                    TransportLines.NONE,
                    written));
        }

        Negotiated negotiated(boolean iceRestart) {
            return new Negotiated(
                    transport.remote.ufrag(),
                    transport.remote.pwd(),
                    transport.local.ufrag(),
                    transport.local.pwd(),
                    transport.remote.fingerprints(),
                    transport.weAreDtlsClient,
                    iceRestart,
                    offer.extmapAllowMixed() || mixed,
                    extensions.all(),
                    List.of(),
                    taken,
                    data,
                    resting);
        }

        private void reject(MediaSection offered, KnownSection section) {
            written.add(SectionAnswer.rejected(offered));
            known.add(section.live(false));
            resting.add(new Mid(section.mid()));
        }
    }
}
