package dev.parley.sfu.sdp;

import org.jspecify.annotations.Nullable;

/// What the `a=ssrc` lines of a section say of one source, RFC 5576.
public record SsrcLine(
        int ssrc, @Nullable String cname, @Nullable Msid msid) {}
