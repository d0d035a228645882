package dev.parley.sfu.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SdpParserTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    private static final String AUDIO = HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\n";

    @Test
    void readsWhatChromiumOffers() {
        SessionDescription offer = parsed(SampleOffers.chromium());
        assertThat(offer.origin().sessionId()).isEqualTo("4123748469924358633");
        assertThat(offer.bundle()).isEqualTo(new Group("BUNDLE", List.of("0", "1", "2", "3")));
        assertThat(offer.extmapAllowMixed()).isTrue();
        assertThat(offer.sections())
                .extracting(MediaSection::kind)
                .containsExactly("audio", "video", "video", "application");
        MediaSection camera = offer.sections().get(1);
        assertThat(camera.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(camera.simulcast().send()).containsExactly("q", "h", "f");
        assertThat(camera.rids())
                .containsExactly(new Rid("q", true, ""), new Rid("h", true, ""), new Rid("f", true, ""));
        assertThat(camera.codecs())
                .hasSize(23)
                .first()
                .isEqualTo(new SdpCodec(
                        96, "VP8", 90_000, 1, "", List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli")));
        assertThat(camera.extmaps()).contains(new Extmap(13, Direction.SENDRECV, "urn:3gpp:video-orientation"));
        MediaSection screen = offer.sections().get(2);
        assertThat(screen.ssrcGroups()).containsExactly(new SsrcGroup("FID", List.of((int) 4293350707L, 1366408822)));
        assertThat(screen.ssrcs()).hasSize(2).first().satisfies(line -> {
            assertThat(line.cname()).isEqualTo("Kvd1eubbuXWn7IoE");
            assertThat(line.msid()).isEqualTo(screen.msid());
        });
        assertThat(offer.sections().get(3).maxMessageBytes()).isEqualTo(262_144);
    }

    @Test
    void readsWhatFirefoxOffers() {
        SessionDescription offer = parsed(SampleOffers.firefox());
        assertThat(offer.transport().fingerprints()).singleElement().asString().startsWith("sha-256 FE:C3:");
        MediaSection microphone = offer.sections().getFirst();
        assertThat(microphone.candidates()).hasSize(12).first().satisfies(candidate -> {
            assertThat(candidate.protocol()).isEqualTo("udp");
            assertThat(candidate.tcpType()).isNull();
        });
        assertThat(microphone.candidates().get(3).tcpType()).isEqualTo("active");
        assertThat(microphone.endOfCandidates()).isTrue();
        assertThat(microphone.extmaps())
                .contains(new Extmap(2, Direction.RECVONLY, "urn:ietf:params:rtp-hdrext:csrc-audio-level"));
        assertThat(microphone.codecs().getFirst().parameters())
                .isEqualTo("maxplaybackrate=48000;stereo=1;useinbandfec=1");
        MediaSection camera = offer.sections().get(1);
        assertThat(camera.port()).isZero();
        assertThat(camera.live()).as("bundle-only with port 0 is wanted").isTrue();
        assertThat(camera.ssrcs()).hasSize(6);
        assertThat(camera.ssrcGroups()).hasSize(3);
    }

    @Test
    void takesLineFeedsWithoutCarriageReturns() {
        assertThat(parsed(SampleOffers.chromium().replace("\r\n", "\n"))).isEqualTo(parsed(SampleOffers.chromium()));
    }

    @Test
    void takesALastLineWithoutEnd() {
        String offer = SampleOffers.chromium();
        assertThat(parsed(offer.substring(0, offer.length() - 2))).isEqualTo(parsed(offer));
    }

    @Test
    void handsTheSessionsDirectionDown() {
        assertThat(section(HEAD + "a=recvonly\r\nm=audio 9 RTP/SAVPF 0\r\n").direction())
                .isEqualTo(Direction.RECVONLY);
        assertThat(section(AUDIO).direction()).isEqualTo(Direction.SENDRECV);
    }

    @Test
    void givesFeedbackForAllToEachCodec() {
        MediaSection section =
                section(AUDIO + "a=rtcp-fb:111 ccm fir\r\na=rtcp-fb:* nack\r\na=rtpmap:111 opus/48000/2\r\n");
        assertThat(section.codecs().getFirst().feedback()).containsExactly("ccm fir", "nack");
    }

    @Test
    void keepsFormatsThatHaveNoRtpmap() {
        MediaSection section = section(AUDIO + "a=rtpmap:111 opus/48000/2\r\n");
        assertThat(section.formats()).containsExactly("111", "0");
        assertThat(section.codecs()).extracting(SdpCodec::payloadType).containsExactly(111);
    }

    @Test
    void skipsPayloadTypesThatTheSectionDoesNotHave() {
        assertThat(section(AUDIO + "a=rtpmap:96 VP8/90000\r\na=fmtp:96 x=1\r\na=rtcp-fb:96 nack\r\n")
                        .codecs())
                .isEmpty();
    }

    @Test
    void readsSimulcastOfBothDraftsAndDirections() {
        MediaSection section = section(AUDIO + "a=simulcast:send rid=a;~b;c,d recv x\r\n");
        assertThat(section.simulcast()).isEqualTo(new Simulcast(List.of("a", "b", "c"), List.of("x"), Set.of("b")));
    }

    @Test
    void skipsACandidateThatItCannotRead() {
        MediaSection section =
                section(AUDIO + "a=candidate:x y z\r\na=candidate:1 1 UDP 5 192.0.2.1 7 typ host generation 0\r\n");
        assertThat(section.candidates()).containsExactly(new Candidate("1", 1, "udp", 5, "192.0.2.1", 7, "host", null));
    }

    @Test
    void skipsLinesThatItDoesNotKnow() {
        assertThat(section(AUDIO + "b=AS:30\r\ni=words\r\na=x-new:1\r\na=ptime:20\r\n")
                        .codecs())
                .isEmpty();
    }

    @Test
    void capitalizesFingerprints() {
        MediaSection section = section(AUDIO + "a=fingerprint:SHA-256 ab:cd:01\r\n");
        assertThat(section.transport().fingerprints()).containsExactly("sha-256 AB:CD:01");
    }

    @Test
    void namesTheLineThatIsWrong() {
        refuses(AUDIO + "a=mid:has blank\r\n", 6, "mid");
        refuses(AUDIO + "a=rtpmap:111 opus\r\n", 6, "rtpmap");
        refuses(AUDIO + "a=rtpmap:111 opus/0\r\n", 6, "rtpmap");
        refuses(AUDIO + "a=extmap:0 urn:x\r\n", 6, "extmap");
        refuses(AUDIO + "a=extmap:1/sideways urn:x\r\n", 6, "extmap");
        refuses(AUDIO + "a=ice-ufrag:abc\r\n", 6, "ice-ufrag");
        refuses(AUDIO + "a=ice-pwd:short\r\n", 6, "ice-pwd");
        refuses(AUDIO + "a=fingerprint:sha-256 AB:C\r\n", 6, "fingerprint");
        refuses(AUDIO + "a=setup:maybe\r\n", 6, "setup");
        refuses(AUDIO + "a=ssrc:4294967296 cname:x\r\n", 6, "SSRC");
        refuses(AUDIO + "a=ssrc-group:FID\r\n", 6, "ssrc-group");
        refuses(AUDIO + "a=rid:q sideways\r\n", 6, "rid");
        refuses(AUDIO + "a=rid:q send\r\na=rid:q send\r\n", 7, "twice");
        refuses(AUDIO + "a=simulcast:send\r\n", 6, "simulcast");
        refuses(AUDIO + "a=sctp-port:99999\r\n", 6, "65535");
        refuses(AUDIO + "nonsense\r\n", 6, "x=value");
        refuses(AUDIO + "\r\n", 6, "x=value");
        refuses(HEAD + "m=audio\r\n", 5, "m=");
        refuses(HEAD + "m=audio 65536 RTP/SAVPF 0\r\n", 5, "port");
        refuses(HEAD + "m=audio 9 RTP/SAVPF 128\r\n", 5, "payload type");
        refuses(HEAD + "m=audio 9 RTP/SAVPF 96 96\r\n", 5, "twice");
        refuses("v=0\r\no=-\r\n", 2, "o=");
        refuses("v=0\r\ns=-\r\n", 2, "no o= line");
        refuses("v=1\r\n", 1, "v=0");
        refuses("", 1, "v=0");
    }

    @Test
    void refusesTwoSectionsOfOneMid() {
        refuses(AUDIO + "a=mid:0\r\nm=video 9 RTP/SAVPF 96\r\na=mid:0\r\n", 7, "twice");
    }

    @Test
    void tellsWhereEachSectionBegins() {
        SdpResult result = SdpParser.parse(SampleOffers.chromium(), Limits.defaults());
        assertThat(((SdpResult.Parsed) result).sectionLines()).containsExactly(8, 41, 165, 290);
    }

    private static SessionDescription parsed(String text) {
        SdpResult result = SdpParser.parse(text, Limits.defaults());
        assertThat(result).isInstanceOf(SdpResult.Parsed.class);
        return ((SdpResult.Parsed) result).description();
    }

    private static MediaSection section(String text) {
        return parsed(text).sections().getFirst();
    }

    private static void refuses(String text, int line, String cause) {
        SdpResult result = SdpParser.parse(text, Limits.defaults());
        assertThat(result).isInstanceOfSatisfying(SdpResult.Refused.class, refused -> {
            assertThat(refused.line()).as(text).isEqualTo(line);
            assertThat(refused.cause()).contains(cause);
        });
    }
}
