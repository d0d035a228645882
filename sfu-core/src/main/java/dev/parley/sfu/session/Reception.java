package dev.parley.sfu.session;

import dev.parley.sfu.media.OutgoingFormat;
import dev.parley.sfu.media.OutgoingTrack;

/// One receiving section of the client: half of a slot, and what is sent in it.
record Reception(int slot, OutgoingTrack track) {
    static OutgoingFormat formatOf(Section section, boolean mixedExtensions) {
        return new OutgoingFormat(
                section.kind(),
                section.mid(),
                section.sendSsrc(),
                section.sendRtxSsrc(),
                section.payloadTypes(),
                section.extensions(),
                mixedExtensions);
    }
}
