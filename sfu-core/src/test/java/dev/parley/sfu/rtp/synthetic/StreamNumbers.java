package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.rtp.ExtensionIds;

/// The numbers of one stream as its section negotiated them.
///
/// @param rtxSsrc 0 without RTX
/// @param rid of its encoding, empty when there is one only
public record StreamNumbers(
        int ssrc,
        int rtxSsrc,
        int payloadType,
        int rtxPayloadType,
        int clockRate,
        ExtensionIds ids,
        String mid,
        String rid) {

    boolean hasRtx() {
        return rtxSsrc != 0;
    }
}
