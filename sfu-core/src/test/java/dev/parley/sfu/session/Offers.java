package dev.parley.sfu.session;

/// Short offers for single rules, in the shapes that non-browsers write.
final class Offers {
    static final String HEAD = """
            v=0
            o=- 1 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            """;
    static final String TRANSPORT = """
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefghijkl
            a=fingerprint:sha-256 AB:CD
            a=setup:actpass
            """;

    /// As aiortc writes it: three fingerprints, no transport-wide feedback, other payload types.
    static final String AIORTC = HEAD + """
            a=group:BUNDLE 0 1
            a=msid-semantic:WMS *
            m=audio 53004 UDP/TLS/RTP/SAVPF 96 0 8
            c=IN IP4 192.0.2.9
            a=sendonly
            a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:2 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=mid:0
            a=msid:stream audio
            a=rtcp:9 IN IP4 0.0.0.0
            a=rtcp-mux
            a=ssrc:1001 cname:peer
            a=rtpmap:96 opus/48000/2
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=candidate:1 1 udp 2130706431 192.0.2.9 53004 typ host
            a=end-of-candidates
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefghijkl
            a=fingerprint:sha-256 AB:CD
            a=fingerprint:sha-384 AB:CE
            a=fingerprint:sha-512 AB:CF
            a=setup:actpass
            m=video 53004 UDP/TLS/RTP/SAVPF 97 98 99 100
            c=IN IP4 192.0.2.9
            a=sendonly
            a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:3 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
            a=mid:1
            a=msid:stream video
            a=rtcp-mux
            a=ssrc-group:FID 2001 2002
            a=ssrc:2001 cname:peer
            a=ssrc:2002 cname:peer
            a=rtpmap:97 VP8/90000
            a=rtcp-fb:97 nack
            a=rtcp-fb:97 nack pli
            a=rtcp-fb:97 goog-remb
            a=rtpmap:98 rtx/90000
            a=fmtp:98 apt=97
            a=rtpmap:99 H264/90000
            a=fmtp:99 packetization-mode=1;level-asymmetry-allowed=1;profile-level-id=42001f
            a=rtcp-fb:99 nack
            a=rtpmap:100 rtx/90000
            a=fmtp:100 apt=99
            """ + TRANSPORT;

    /// The least that is an offer: one video that sends, without header extensions, feedback or retransmissions.
    static final String PLAIN = HEAD + "a=group:BUNDLE v\n" + video("v", "sendonly") + TRANSPORT;

    private Offers() {}

    static String audio(String mid, String direction) {
        return "m=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:" + mid + "\na=" + direction
                + "\na=rtcp-mux\na=rtpmap:111 opus/48000/2\n";
    }

    static String video(String mid, String direction) {
        return "m=video 9 UDP/TLS/RTP/SAVPF 96 97\na=mid:" + mid + "\na=" + direction
                + "\na=rtcp-mux\na=rtpmap:96 VP8/90000\na=rtcp-fb:96 nack\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n";
    }

    /// Sections bundled by mids `0 1 2 …` as they are listed.
    static String of(String... sections) {
        StringBuilder offer = new StringBuilder(HEAD).append("a=group:BUNDLE");
        for (String section : sections) {
            int mid = section.indexOf("a=mid:") + 6;
            offer.append(' ').append(section, mid, section.indexOf('\n', mid));
        }
        offer.append('\n').append(TRANSPORT);
        for (String section : sections) {
            offer.append(section);
        }
        return offer.toString();
    }
}
