package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;

/// Protects what goes to one peer, and never protects an index of a source twice: under AES-GCM as under counter mode
/// that would give away both packets. Belongs to one loop.
public final class SrtpSender {
    private static final byte[] NOTHING = {};

    private final SrtpProfile profile;
    private final SrtpCipher cipher;
    private final SsrcTable<Source> sources;
    private final int firstRtcpIndex;

    public SrtpSender(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, Limits limits) {
        this(SrtpCipherSuite.JCE, profile, masterKey, masterSalt, limits);
    }

    public SrtpSender(SrtpCipherSuite suite, SrtpProfile profile, byte[] masterKey, byte[] masterSalt, Limits limits) {
        this(suite, profile, masterKey, masterSalt, limits, 0);
    }

    SrtpSender(
            SrtpCipherSuite suite,
            SrtpProfile profile,
            byte[] masterKey,
            byte[] masterSalt,
            Limits limits,
            int firstRtcpIndex) {
        this.firstRtcpIndex = firstRtcpIndex;
        this.profile = profile;
        this.cipher = suite.create(
                profile,
                SessionKeys.rtp(profile, masterKey, masterSalt),
                SessionKeys.rtcp(profile, masterKey, masterSalt));
        this.sources = new SsrcTable<>(limits.ssrcsSentPerSession());
    }

    /// What went out under one SSRC. The index of RTCP counts up to its last value, and then there is no next.
    private static final class Source {
        final ReplayWindow used = new ReplayWindow();
        int nextRtcpIndex;

        Source(int firstRtcpIndex) {
            nextRtcpIndex = firstRtcpIndex;
        }
    }

    /// Bytes that protecting an RTP packet adds.
    public int rtpOverhead() {
        return profile.tagLength();
    }

    /// Bytes that protecting an RTCP packet adds.
    public int rtcpOverhead() {
        return profile.rtcpOverhead();
    }

    /// `out` holds the RTP header (`headerLength` bytes) and possibly the first, rewritten bytes of the payload up to
    /// its length. The rest of the payload is read from `source`, which does not change. On `OK` the length covers
    /// ciphertext and tag.
    ///
    /// @param index rollover counter and sequence number, 48 bits. The peer takes a source's first packet to be of
    ///     cycle 0, so that is where a source begins; order is free within the last 1,024.
    public SrtpResult protectRtp(Packet out, int headerLength, long index, byte[] source, int from, int count) {
        if (!fits(out, headerLength, index, count)) {
            return SrtpResult.MALFORMED;
        }
        int ssrc = RtpHeader.ssrc(out);
        SrtpResult taken = take(ssrc, index);
        if (taken == SrtpResult.OK) {
            out.length(cipher.sealRtp(out.array(), headerLength, out.length(), source, from, count, ssrc, index));
        }
        return taken;
    }

    /// The same for a packet that is complete.
    public SrtpResult protectRtp(Packet inPlace, int headerLength, long index) {
        return protectRtp(inPlace, headerLength, index, NOTHING, 0, 0);
    }

    /// Encrypts a (compound) RTCP packet under its own next index of the SSRC that it begins with.
    public SrtpResult protectRtcp(Packet inPlace) {
        int length = inPlace.length();
        if (length < Srtcp.HEADER_LENGTH || length + profile.rtcpOverhead() > inPlace.capacity()) {
            return SrtpResult.MALFORMED;
        }
        int ssrc = inPlace.i32(4);
        Source source = sources.get(ssrc);
        if (source == null) {
            if (sources.isFull()) {
                return SrtpResult.TOO_MANY_SOURCES;
            }
            source = add(ssrc);
        }
        if (source.nextRtcpIndex < 0) {
            return SrtpResult.INDEX_REUSED;
        }
        inPlace.length(cipher.sealRtcp(inPlace.array(), length, ssrc, source.nextRtcpIndex++));
        return SrtpResult.OK;
    }

    private boolean fits(Packet p, int headerLength, long index, int count) {
        return RtpHeader.length(p) == headerLength
                && RtpHeader.sequence(p) == (index & 0xffff)
                && count >= 0
                && count <= p.capacity() - p.length() - profile.tagLength();
    }

    /// Marks the index before anything is encrypted under it.
    private SrtpResult take(int ssrc, long index) {
        if (index > Rollover.INDEX_MAX) {
            return SrtpResult.INDEX_REUSED;
        }
        Source source = sources.get(ssrc);
        if (source == null) {
            if (sources.isFull()) {
                return SrtpResult.TOO_MANY_SOURCES;
            }
            source = add(ssrc);
        }
        if (!source.used.isNew(index)) {
            return SrtpResult.INDEX_REUSED;
        }
        source.used.commit(index);
        return SrtpResult.OK;
    }

    private Source add(int ssrc) {
        Source source = new Source(firstRtcpIndex);
        sources.put(ssrc, source);
        return source;
    }
}
