package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.rtp.Samples;
import java.util.List;

/// Well-formed RTCP datagrams, each kind that browsers send, and some that only lie a little.
final class RtcpSamples {
    static final String SENDER_REPORT = "81c8000c aabbccdd e0000001 80000000 00015f90 00000064 00002710"
            + "11223344 40 fffffe 00020005 00000012 12345678 00010000";
    static final String RECEIVER_REPORT = "81c90007 00000001 11223344 00 000003 0000ffff 00000009 00000000 00000000";
    static final String CNAME = "81ca0004 aabbccdd 01 06 616c696365 31 00000000";
    static final String NACK = "81cd0004 00000001 11223344 fffe 8001 0100 0000";
    static final String PLI = "81ce0002 00000001 11223344";
    static final String FIR = "84ce0006 00000001 00000000 11223344 07000000 55667788 08000000";
    static final String REMB = "8fce0006 00000001 00000000 52454d42 02 0b d090 11223344 55667788";
    static final String BYE = "82cb0003 aabbccdd 11223344 03 627965";
    static final String EXTENDED = "80cf0008 00000001 04000002 e0000001 80000000 05000003 aabbccdd 12345678 00008000";
    static final String APPLICATION = "80cc0003 00000001 70696e67 00000000";
    /// Base 65534: small, lost, large back by 1 ms; then a run of three small ones.
    static final String FEEDBACK = "8fcd0008 00000001 11223344 fffe 0006 000002 05 d240 2003 0000 04 fffc 010203 000000"
            .replace("0000 04", "04");

    static final List<byte[]> ALL = Samples.bytes(
            SENDER_REPORT + CNAME,
            RECEIVER_REPORT + REMB,
            NACK,
            PLI + FIR,
            FEEDBACK,
            SENDER_REPORT + CNAME + NACK + EXTENDED + APPLICATION + BYE,
            // feedback about 65,535 packets: seven runs of the longest kind and one of the rest, none arrived
            "8fcd0008 00000001 11223344 0000 ffff 000001 00" + "1fff".repeat(8) + "0007 0000",
            // REMB of 255 SSRCs and the largest rate
            "8fce0103 00000001 00000000 52454d42 ff ff ffff" + "11223344".repeat(255),
            // thirty-one blocks
            "9fc900bb 00000001" + "11223344 00 000003 0000ffff 00000009 00000000 00000000".repeat(31),
            // padded at its end
            "a1ce0003 00000001 11223344 00000004",
            // NACK of many
            "81cd0081 00000001 11223344" + "0000ffff".repeat(127));

    private RtcpSamples() {}
}
