package dev.parley.sfu.sdp;

import java.util.List;

/// `a=ssrc-group:FID media rtx`, RFC 5576 section 4.2.
public record SsrcGroup(String semantics, List<Integer> ssrcs) {
    /// A source and its retransmissions.
    public static final String FID = "FID";

    public SsrcGroup {
        ssrcs = List.copyOf(ssrcs);
    }
}
