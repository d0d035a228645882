package dev.parley.sfu.session;

import dev.parley.sfu.sdp.MediaSectionBuilder;

/// The section of our own offers that asks for data channels.
///
/// @param messageBytes the longest message that we take
record OfferedData(String mid, int messageBytes, boolean rejected) implements Offered {
    @Override
    public OfferedData rejectedByPeer() {
        return new OfferedData(mid, messageBytes, true);
    }

    @Override
    public String kindName() {
        return DataSection.KIND;
    }

    @Override
    public MediaSectionBuilder text(OfferDialect dialect, String cname) {
        return DataSection.text(DataSection.PROTOCOL, mid, messageBytes);
    }
}
