package dev.parley.sfu.srtp;

import dev.parley.sfu.base.SfuCounter;
import org.jspecify.annotations.Nullable;

/// What became of one packet. Whatever is not `OK` is dropped by the caller and counted; its bytes are as they came.
public enum SrtpResult {
    OK(null),
    /// The tag is not the one that our keys give: forged, damaged, plain, or from another session.
    AUTH_FAILED(SfuCounter.SRTP_AUTH_FAILED),
    /// Received before, or too old to know.
    REPLAYED(SfuCounter.SRTP_REPLAYED),
    /// Not the shape of an SRTP or SRTCP packet, an SRTCP packet that is not encrypted, or no room for the tag.
    MALFORMED(SfuCounter.SRTP_MALFORMED),
    /// Sending only: this index went out already, is too old to know, or lies past the last one a key may have.
    INDEX_REUSED(SfuCounter.SRTP_INDEX_REUSED),
    /// The session has as many sources as it may have.
    TOO_MANY_SOURCES(SfuCounter.LIMIT_SSRCS);

    private final @Nullable SfuCounter counter;

    SrtpResult(@Nullable SfuCounter counter) {
        this.counter = counter;
    }

    /// Where a drop for this reason is counted; null for `OK`.
    public @Nullable SfuCounter counter() {
        return counter;
    }
}
