package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// Unprotects what one peer sends, in place. No packet that fails to authenticate leaves a trace: neither a source, nor
/// a rollover counter, nor a place in a window. Belongs to one loop.
public final class SrtpReceiver {
    /// A source that begins within so many numbers of the wrap may lose all before it; then the first packet that comes
    /// is of the second cycle already.
    private static final int FIRST_LOSSES_MAX = 1024;

    private final SrtpProfile profile;
    private final SrtpCipher cipher;
    private final SsrcTable<Source> sources;

    public SrtpReceiver(SrtpProfile profile, byte[] masterKey, byte[] masterSalt, Limits limits) {
        this(SrtpCipherSuite.JCE, profile, masterKey, masterSalt, limits);
    }

    public SrtpReceiver(
            SrtpCipherSuite suite, SrtpProfile profile, byte[] masterKey, byte[] masterSalt, Limits limits) {
        this.profile = profile;
        this.cipher = suite.create(
                profile,
                SessionKeys.rtp(profile, masterKey, masterSalt),
                SessionKeys.rtcp(profile, masterKey, masterSalt));
        this.sources = new SsrcTable<>(limits.ssrcsPerSession());
    }

    /// What is known of one SSRC; both windows move only by authenticated packets.
    private static final class Source {
        final ReplayWindow rtp = new ReplayWindow();
        final ReplayWindow rtcp = new ReplayWindow();
    }

    /// On `OK` the packet is plain RTP and shorter by the tag.
    public SrtpResult unprotectRtp(Packet p) {
        int headerLength = RtpHeader.length(p);
        if (headerLength < 0 || p.length() - headerLength < profile.tagLength()) {
            return SrtpResult.MALFORMED;
        }
        Source source = sources.get(RtpHeader.ssrc(p));
        if (source == null && sources.isFull()) {
            return SrtpResult.TOO_MANY_SOURCES;
        }
        return source == null || source.rtp.highest() < 0
                ? unprotectFirst(p, headerLength, source)
                : unprotectNext(p, headerLength, source);
    }

    private SrtpResult unprotectFirst(Packet p, int headerLength, @Nullable Source known) {
        long index = RtpHeader.sequence(p);
        boolean opened = openRtp(p, headerLength, index);
        if (!opened && index < FIRST_LOSSES_MAX) {
            index += Rollover.CYCLE;
            opened = openRtp(p, headerLength, index);
        }
        if (!opened) {
            return SrtpResult.AUTH_FAILED;
        }
        Source source = known == null ? add(RtpHeader.ssrc(p)) : known;
        source.rtp.commit(index);
        return SrtpResult.OK;
    }

    /// One attempt at most. An estimate below the window could only be refused, so such a packet is tried as one of the
    /// next cycle: a source comes back after any jump up to 64,511 numbers, where the RFC's estimate alone loses it
    /// for ever above 32,767.
    private SrtpResult unprotectNext(Packet p, int headerLength, Source source) {
        ReplayWindow window = source.rtp;
        long index = Rollover.estimate(window.highest(), RtpHeader.sequence(p));
        SrtpResult otherwise = SrtpResult.AUTH_FAILED;
        if (window.isBelow(index)) {
            index += Rollover.CYCLE;
            otherwise = SrtpResult.REPLAYED;
        }
        if (index > Rollover.INDEX_MAX || !window.isNew(index)) {
            return SrtpResult.REPLAYED;
        }
        if (!openRtp(p, headerLength, index)) {
            return otherwise;
        }
        window.commit(index);
        return SrtpResult.OK;
    }

    private boolean openRtp(Packet p, int headerLength, long index) {
        return shorten(p, cipher.openRtp(p.array(), headerLength, p.length(), RtpHeader.ssrc(p), index));
    }

    /// On `OK` the packet is plain RTCP and shorter by tag and index.
    public SrtpResult unprotectRtcp(Packet p) {
        int wordAt = Srtcp.wordAt(profile, p.length());
        if (p.length() < Srtcp.HEADER_LENGTH + profile.rtcpOverhead() || p.u8(0) >> 6 != 2 || p.i32(wordAt) >= 0) {
            return SrtpResult.MALFORMED;
        }
        int ssrc = p.i32(4);
        int index = p.i32(wordAt) & Srtcp.INDEX_MAX;
        Source source = sources.get(ssrc);
        if (source == null && sources.isFull()) {
            return SrtpResult.TOO_MANY_SOURCES;
        }
        if (source != null && !source.rtcp.isNew(index)) {
            return SrtpResult.REPLAYED;
        }
        if (!shorten(p, cipher.openRtcp(p.array(), p.length(), ssrc, index))) {
            return SrtpResult.AUTH_FAILED;
        }
        (source == null ? add(ssrc) : source).rtcp.commit(index);
        return SrtpResult.OK;
    }

    private static boolean shorten(Packet p, int length) {
        if (length < 0) {
            return false;
        }
        p.length(length);
        return true;
    }

    private Source add(int ssrc) {
        Source source = new Source();
        sources.put(ssrc, source);
        return source;
    }

    /// How many sources have sent something that authenticated.
    int sourceCount() {
        return sources.size();
    }
}
