package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.PayloadType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One media section as both sides agreed on it, seen from our side.
///
/// @param index its place among the `m=` lines
/// @param weReceive the other side sends in it
/// @param weSend we send in it
/// @param payloadTypes in the order of the answer; RTX is the `rtxNumber` of each
/// @param extensions those that may be used in the section's direction
/// @param offeredSources sources that the other side named; empty for simulcast by RID in Chromium
/// @param rids of the encodings, in the order that the sender gave (low to high in our page); empty without simulcast
/// @param sendSources what we send with: one, or one for each RID when we are a client; constant for the section's life
/// @param nack lost packets may be asked for again
/// @param pli key frames may be asked for by PLI, RFC 4585 section 6.3.1
/// @param fir key frames may be asked for by FIR, RFC 5104 section 4.3.1
/// @param rtx retransmissions have their own payload type and SSRC
/// @param reducedSize RTCP need not begin with a report, RFC 5506
/// @param cname of what we send
/// @param streamId of `a=msid`: ours where we send, else the other side's
/// @param trackId of `a=msid`, likewise
/// @param source what a publishing section carries; null where nobody said and the order does not tell
/// @param slot the number of the receive slot that this is a half of, or `NO_SLOT`
public record Section(
        int index,
        Mid mid,
        MediaKind kind,
        boolean weReceive,
        boolean weSend,
        List<PayloadType> payloadTypes,
        ExtensionIds extensions,
        List<OfferedSource> offeredSources,
        List<String> rids,
        List<OfferedSource> sendSources,
        boolean transportCc,
        boolean remb,
        boolean nack,
        boolean pli,
        boolean fir,
        boolean rtx,
        boolean reducedSize,
        String cname,
        String streamId,
        String trackId,
        @Nullable TrackSource source,
        int slot) {
    public static final int NO_SLOT = -1;

    public Section {
        payloadTypes = List.copyOf(payloadTypes);
        offeredSources = List.copyOf(offeredSources);
        rids = List.copyOf(rids);
        sendSources = List.copyOf(sendSources);
    }

    /// 0 where we do not send.
    public int sendSsrc() {
        return sendSources.isEmpty() ? 0 : sendSources.getFirst().ssrc();
    }

    /// 0 where we do not send, or without RTX.
    public int sendRtxSsrc() {
        return sendSources.isEmpty() ? 0 : sendSources.getFirst().rtxSsrc();
    }
}
