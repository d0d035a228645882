package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.Msid;
import dev.parley.sfu.session.Negotiation.Code;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Our own client against our own server: what one side thinks the other must think too.
class OffererTest {
    private final Offerer client = Peers.client();
    private final Negotiator server = Peers.server();
    private final OfferBuilder pool = OfferBuilder.page(Limits.defaults());

    private record Agreement(Negotiated ours, Negotiated theirs) {}

    private Agreement negotiate() {
        Proposal proposal = client.propose();
        Negotiation.Accepted atServer = Peers.accept(server, proposal.offer());
        Negotiation accepted = Objects.requireNonNull(client.accept(proposal.offerId(), atServer.answer()));
        return new Agreement(Peers.accepted(accepted).negotiated(), atServer.negotiated());
    }

    @Test
    void agreesWithTheServerOnEverySection() {
        client.add(pool.take());
        Agreement agreement = negotiate();
        Negotiated ours = agreement.ours();
        Negotiated theirs = agreement.theirs();
        assertThat(ours.sections()).hasSize(4 + 14 * 2 + 3).hasSameSizeAs(theirs.sections());
        for (int i = 0; i < ours.sections().size(); i++) {
            mirrors(ours.sections().get(i), theirs.sections().get(i));
        }
    }

    private static void mirrors(Section ours, Section theirs) {
        assertThat(ours.mid()).isEqualTo(theirs.mid());
        assertThat(ours.weSend()).isEqualTo(theirs.weReceive());
        assertThat(ours.weReceive()).isEqualTo(theirs.weSend());
        assertThat(ours.payloadTypes()).isEqualTo(theirs.payloadTypes());
        assertThat(ours.extensions()).isEqualTo(theirs.extensions());
        assertThat(ours.rids()).isEqualTo(theirs.rids());
        assertThat(ours.offeredSources()).isEqualTo(theirs.sendSources());
        assertThat(ours.streamId()).isEqualTo(theirs.streamId());
        assertThat(ours.trackId()).isEqualTo(theirs.trackId());
        assertThat(ours.slot()).isEqualTo(theirs.slot());
        assertThat(ours.source()).isEqualTo(theirs.source());
        assertThat(ours.transportCc()).isEqualTo(theirs.transportCc());
        assertThat(ours.nack()).isEqualTo(theirs.nack());
        if (ours.rids().isEmpty()) {
            assertThat(ours.sendSources()).isEqualTo(theirs.offeredSources());
        }
    }

    @Test
    void agreesWithTheServerOnTheTransport() {
        client.add(pool.take());
        Agreement agreement = negotiate();
        Negotiated ours = agreement.ours();
        Negotiated theirs = agreement.theirs();
        assertThat(ours.remoteUfrag()).isEqualTo(theirs.localUfrag());
        assertThat(ours.localPwd()).isEqualTo(theirs.remotePwd());
        assertThat(ours.weAreDtlsClient()).isTrue();
        assertThat(theirs.weAreDtlsClient()).isFalse();
        assertThat(ours.fingerprints()).containsExactly(Peers.SERVER_FINGERPRINT);
        assertThat(theirs.fingerprints()).containsExactly(Peers.CLIENT_FINGERPRINT);
        assertThat(ours.remoteCandidates()).containsExactly(Peers.UDP, Peers.UDP6, Peers.TCP);
        assertThat(theirs.remoteCandidates()).isEmpty();
        assertThat(ours.mixedExtensions()).isEqualTo(theirs.mixedExtensions());
    }

    @Test
    void hasOneSourceForEachEncoding() {
        client.add(pool.take());
        Section camera = negotiate().ours().sections().get(1);
        assertThat(camera.source()).isEqualTo(TrackSource.CAMERA);
        assertThat(camera.rids()).containsExactly("q", "h", "f");
        assertThat(camera.sendSources()).hasSize(3).doesNotHaveDuplicates();
        assertThat(camera.payloadTypes()).allMatch(PayloadType::hasRtx);
    }

    @Test
    void growsItsPool() {
        client.add(pool.take());
        Negotiated before = negotiate().ours();
        client.add(pool.pairs(12).take());
        assertThat(client.wanted()).isTrue();
        Negotiated after = negotiate().ours();
        assertThat(client.wanted()).isFalse();
        assertThat(after.sections())
                .hasSize(before.sections().size() + 24)
                .startsWith(before.sections().toArray(Section[]::new));
        assertThat(after.iceRestart()).isFalse();
    }

    @Test
    void offersDataChannelsAndTakesThemAsAnswered() {
        client.add(pool.take());
        client.addData();
        client.addData();
        Proposal proposal = client.propose();
        MediaSection offered = Peers.parsed(proposal.offer()).sections().getLast();
        assertThat(offered.kind()).isEqualTo("application");
        assertThat(offered.sctpPort()).isEqualTo(5000);
        assertThat(offered.maxMessageBytes()).isEqualTo(Limits.defaults().sctpMessageBytes());
        Negotiation.Accepted atServer = Peers.accept(server, proposal.offer());
        String smaller = atServer.answer().replaceAll("a=max-message-size:\\d+", "a=max-message-size:70000");
        Negotiation accepted = Objects.requireNonNull(client.accept(proposal.offerId(), smaller));
        assertThat(Peers.accepted(accepted).negotiated().data()).isEqualTo(new DataSection(5000, 70_000));
        assertThat(atServer.negotiated().data())
                .isEqualTo(new DataSection(5000, Limits.defaults().sctpMessageBytes()));
        client.add(pool.pairs(1).take());
        Agreement grown = negotiate();
        assertThat(grown.ours().data()).as("it keeps its place").isNotNull();
        assertThat(grown.ours().sections()).hasSameSizeAs(grown.theirs().sections());
    }

    @Test
    void goesOnWithoutDataChannelsWhereTheyAreRefused() {
        client.add(pool.take());
        client.addData();
        Proposal proposal = client.propose();
        String answer =
                Peers.accept(server, proposal.offer()).answer().replaceFirst("m=application \\d+", "m=application 0");
        Negotiation accepted = Objects.requireNonNull(client.accept(proposal.offerId(), answer));
        assertThat(Peers.accepted(accepted).negotiated().data()).isNull();
        assertThat(Peers.accepted(accepted).negotiated().sections()).isNotEmpty();
        MediaSection next = Peers.parsed(client.propose().offer()).sections().getLast();
        assertThat(next.kind()).isEqualTo("application");
        assertThat(next.port()).isZero();
    }

    @Test
    void restartsIceOnBothSides() {
        client.add(pool.take());
        Negotiated before = negotiate().ours();
        client.restartIce();
        Agreement agreement = negotiate();
        Negotiated after = agreement.ours();
        assertThat(after.iceRestart()).isTrue();
        assertThat(agreement.theirs().iceRestart()).isTrue();
        assertThat(after.localUfrag()).isNotEqualTo(before.localUfrag());
        assertThat(after.sections()).isEqualTo(before.sections());
    }

    @Test
    void dropsAnswersToOffersThatWereReplaced() {
        client.add(pool.take());
        Proposal old = client.propose();
        String oldAnswer = Peers.accept(server, old.offer()).answer();
        client.restartIce();
        Proposal newer = client.propose();
        assertThat(client.accept(old.offerId(), oldAnswer)).isNull();
        assertThat(client.outstanding()).isTrue();
        String answer = Peers.accept(server, newer.offer()).answer();
        assertThat(client.accept(newer.offerId(), answer)).isInstanceOf(Negotiation.Accepted.class);
        assertThat(client.accept(newer.offerId(), answer)).as("only once").isNull();
    }

    @Test
    void readsAnAnswerAsItsOfferWas() {
        client.add(pool.take());
        Proposal proposal = client.propose();
        client.restartIce();
        client.add(pool.pairs(1).take());
        Negotiation accepted = client.accept(
                proposal.offerId(), Peers.accept(server, proposal.offer()).answer());
        Negotiated negotiated = Peers.accepted(Objects.requireNonNull(accepted)).negotiated();
        assertThat(negotiated.localUfrag()).isEqualTo("cliUfrag1");
        assertThat(client.wanted()).as("one more offer has to tell the rest").isTrue();
    }

    @Test
    void leavesThePlaceOfARejectedSectionEmpty() {
        client.add(new OfferBuilder().microphone().camera().take());
        Negotiator audioOnly =
                Peers.server(new AnswerPolicy(AnswerPolicy.defaults().audio(), List.of(), true, true, false, false));
        Proposal proposal = client.propose();
        String answer = Peers.accept(audioOnly, proposal.offer()).answer();
        Negotiated negotiated = Peers.accepted(Objects.requireNonNull(client.accept(proposal.offerId(), answer)))
                .negotiated();
        assertThat(negotiated.sections()).extracting(Section::source).containsExactly(TrackSource.MICROPHONE);
        MediaSection rejected =
                Peers.parsed(client.propose().offer()).sections().get(1);
        assertThat(rejected.port()).isZero();
    }

    @Test
    void offersLabelledSectionsAsAServer() {
        Offerer offering = new Offerer(
                Peers.config("srv", Peers.SERVER_FINGERPRINT, List.of(Peers.UDP), AnswerPolicy.defaults()),
                OfferDialect.server());
        offering.add(List.of(OfferedSection.labelled(MediaKind.VIDEO, "PA_1|x", "TR_1")));
        MediaSection section =
                Peers.parsed(offering.propose().offer()).sections().getFirst();
        assertThat(section.msid()).isEqualTo(new Msid("PA_1|x", "TR_1"));
        assertThat(section.candidates()).containsExactly(Peers.UDP);
        int ssrc = section.ssrcs().getFirst().ssrc();
        offering.change(0, OfferedSection.labelled(MediaKind.VIDEO, "PA_2|y", "TR_2"));
        MediaSection relabelled =
                Peers.parsed(offering.propose().offer()).sections().getFirst();
        assertThat(relabelled.msid()).isEqualTo(new Msid("PA_2|y", "TR_2"));
        assertThat(relabelled.ssrcs().getFirst().ssrc()).isEqualTo(ssrc);
        offering.change(0, OfferedSection.labelled(MediaKind.VIDEO, "-", "-").directed(Direction.INACTIVE));
        assertThat(Peers.parsed(offering.propose().offer())
                        .sections()
                        .getFirst()
                        .msid())
                .isNull();
    }

    @Test
    void refusesAnswersThatDoNotFit() {
        client.add(pool.take());
        Proposal proposal = client.propose();
        String answer = Peers.accept(server, proposal.offer()).answer();
        refuses(proposal, answer.substring(0, answer.lastIndexOf("m=")), Code.BAD_SDP);
        refuses(proposal, answer.replace("a=mid:0\r\n", "a=mid:zero\r\n"), Code.BAD_SDP);
        refuses(proposal, answer.replace("a=group:BUNDLE 0 ", "a=group:BUNDLE "), Code.BUNDLE_REQUIRED);
        refuses(proposal, answer.replace("a=setup:passive", "a=setup:actpass"), Code.BAD_SDP);
        refuses(
                proposal,
                answer.replace("m=audio 8443", "m=audio 0").replace("m=video 8443", "m=video 0"),
                Code.NO_COMMON_CODEC);
        refuses(proposal, "v=0", Code.BAD_SDP);
        assertThat(client.accept(proposal.offerId(), answer)).isInstanceOf(Negotiation.Accepted.class);
    }

    private void refuses(Proposal proposal, String answer, Code code) {
        Negotiation.Refused refused = Peers.refused(Objects.requireNonNull(client.accept(proposal.offerId(), answer)));
        assertThat(refused.code()).as(refused.detail()).isEqualTo(code);
    }
}
