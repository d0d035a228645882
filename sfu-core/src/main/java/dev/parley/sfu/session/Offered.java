package dev.parley.sfu.session;

import dev.parley.sfu.sdp.MediaSectionBuilder;

/// One section of our own offers, which keeps its place for good.
sealed interface Offered permits OfferLine, OfferedData {
    String mid();

    /// The other side did not take it; its place stays empty.
    boolean rejected();

    Offered rejectedByPeer();

    /// Of its `m=` line.
    String kindName();

    /// All but the transport's lines.
    MediaSectionBuilder text(OfferDialect dialect, String cname);
}
