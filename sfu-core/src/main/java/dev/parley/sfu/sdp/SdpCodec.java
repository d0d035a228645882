package dev.parley.sfu.sdp;

import java.util.List;

/// One format of a section: its `a=rtpmap` with the `a=fmtp` and `a=rtcp-fb` lines that name it.
///
/// @param channels 1 where none are given
/// @param parameters of `a=fmtp`, empty where there is none
/// @param feedback `nack`, `nack pli`, …; those of `a=rtcp-fb:*` are in each codec
public record SdpCodec(
        int payloadType, String name, int clockRateHz, int channels, String parameters, List<String> feedback) {
    public SdpCodec {
        feedback = List.copyOf(feedback);
    }
}
