package dev.parley.sfu.rtp.rtcp;

/// Numbers of RTCP's wire format. Stateless.
///
///     |V=2|P| RC/FMT  |      PT       |   length in words - 1         |
///     |                    SSRC of the sender                         |
public final class Rtcp {
    /// The common header and the sender's SSRC.
    public static final int HEADER_BYTES = 8;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;
    static final int EXTENDED_REPORT = 207;

    static final int FMT_NACK = 1;
    static final int FMT_TRANSPORT_WIDE = 15;
    static final int FMT_PLI = 1;
    static final int FMT_FIR = 4;
    static final int FMT_APPLICATION = 15;

    static final int XR_REFERENCE_TIME = 4;
    static final int XR_DELAY = 5;

    /// The letters `REMB`.
    static final int REMB_NAME = 0x52454d42;

    static final int SENDER_INFO_BYTES = 20;
    static final int REPORT_BLOCK_BYTES = 24;
    static final int COUNT_MAX = 31;

    private Rtcp() {}
}
