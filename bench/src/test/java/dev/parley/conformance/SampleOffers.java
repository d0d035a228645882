package dev.parley.conformance;

/// Offers as text, in the form of a simple client.
final class SampleOffers {
    private static final String HEAD = """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefghijkl
            a=fingerprint:sha-256 %s
            a=setup:actpass
            """.formatted("AB:".repeat(31) + "AB");

    /// A microphone and a camera.
    static final String PUBLISH = offer("sendonly");

    /// One slot with sound and picture.
    static final String WATCH = offer("recvonly");

    /// The credentials of the offers, as a fragment has them.
    static final String CREDENTIALS = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijkl\r\n";

    static final String CANDIDATE =
            "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 2130706431 192.0.2.9 5000 typ host\r\n";

    private SampleOffers() {}

    private static String offer(String direction) {
        return HEAD + """
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=mid:0
                a=%1$s
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                m=video 9 UDP/TLS/RTP/SAVPF 96
                c=IN IP4 0.0.0.0
                a=mid:1
                a=%1$s
                a=rtcp-mux
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 nack pli
                """.formatted(direction);
    }
}
