package dev.parley.sfu.sdp;

import java.util.List;

/// `a=group:BUNDLE 0 1 2`, RFC 5888 section 5 and RFC 9143.
public record Group(String semantics, List<String> mids) {
    public static final String BUNDLE = "BUNDLE";

    public Group {
        mids = List.copyOf(mids);
    }
}
