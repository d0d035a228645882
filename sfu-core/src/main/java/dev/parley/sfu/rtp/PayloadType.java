package dev.parley.sfu.rtp;

/// What a payload number of one section means.
///
/// @param number 0 to 127, as on the wire
/// @param rtxNumber the payload type that retransmits this one, or `NO_RTX`
/// @param fmtp format parameters as in SDP, empty when there are none
public record PayloadType(int number, Codec codec, int clockRate, int channels, int rtxNumber, String fmtp) {
    public static final int NO_RTX = -1;

    public boolean hasRtx() {
        return rtxNumber != NO_RTX;
    }
}
