package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.rtp.ExtensionIds;

/// The numbers of one stream as its section negotiated them.
///
/// @param rtxSsrc 0 without RTX
/// @param redPayloadType of sound with copies of earlier frames, `NO_RED` where that is not sent
/// @param rid of its encoding, empty when there is one only
public record StreamNumbers(
        int ssrc,
        int rtxSsrc,
        int payloadType,
        int rtxPayloadType,
        int redPayloadType,
        int clockRate,
        ExtensionIds ids,
        String mid,
        String rid) {

    public static final int NO_RED = -1;

    public StreamNumbers(
            int ssrc,
            int rtxSsrc,
            int payloadType,
            int rtxPayloadType,
            int clockRate,
            ExtensionIds ids,
            String mid,
            String rid) {
        this(ssrc, rtxSsrc, payloadType, rtxPayloadType, NO_RED, clockRate, ids, mid, rid);
    }

    boolean hasRed() {
        return redPayloadType != NO_RED;
    }

    boolean hasRtx() {
        return rtxSsrc != 0;
    }
}
