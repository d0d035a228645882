package dev.parley.signaling.testing;

/// Offers that the engine answers.
public final class Offers {
    public static final String UFRAG = "uFr4";
    public static final String PASSWORD = "pAssw0rdOfTheClientSide";

    /// One microphone, with addresses that nobody has.
    public static final String MICROPHONE = String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 192.0.2.77",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            "a=candidate:1 1 udp 1 192.0.2.78 50000 typ host",
            "a=mid:0",
            "a=sendrecv",
            "a=rtcp-mux",
            "a=ice-ufrag:" + UFRAG,
            "a=ice-pwd:" + PASSWORD,
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "a=rtpmap:111 opus/48000/2",
            "");

    private Offers() {}
}
