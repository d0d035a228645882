package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;
import java.util.Arrays;

/// No cipher: bytes stay readable, and the tag is a hash of keys, source and index instead of the content. So
/// simulations still notice wrong keys, a rollover counter that went astray, and packets that went to the wrong
/// person, and they allocate nothing. Belongs to one loop.
final class NullCipher implements SrtpCipher {
    private final SrtpProfile profile;
    private final long rtpKey;
    private final long rtcpKey;

    NullCipher(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp) {
        this.profile = profile;
        rtpKey = Bytes.i64(rtp.encryption, 0);
        rtcpKey = Bytes.i64(rtcp.encryption, 0);
    }

    @Override
    public int sealRtp(
            byte[] out, int headerLength, int end, byte[] source, int from, int count, int ssrc, long index) {
        System.arraycopy(source, from, out, end, count);
        writeTag(out, end + count, tag(rtpKey, ssrc, index));
        return end + count + profile.tagLength();
    }

    @Override
    public int openRtp(byte[] packet, int headerLength, int length, int ssrc, long index) {
        int end = length - profile.tagLength();
        return Bytes.i64(packet, end) == tag(rtpKey, ssrc, index) ? end : -1;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        int end = length + profile.rtcpOverhead();
        writeTag(packet, Srtcp.tagAt(profile, end), tag(rtcpKey, ssrc, index));
        Bytes.i32(packet, Srtcp.wordAt(profile, end), Srtcp.ENCRYPTED | index);
        return end;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc, int index) {
        long tag = Bytes.i64(packet, Srtcp.tagAt(profile, length));
        return tag == tag(rtcpKey, ssrc, index) ? length - profile.rtcpOverhead() : -1;
    }

    private void writeTag(byte[] out, int at, long tag) {
        Bytes.i64(out, at, tag);
        Arrays.fill(out, at + Long.BYTES, at + profile.tagLength(), (byte) 0);
    }

    /// The finaliser of SplittableRandom: each bit of the input moves half of the output's.
    private static long tag(long key, int ssrc, long index) {
        long z = key ^ ((long) ssrc << 32) ^ (index * 0x9e37_79b9_7f4a_7c15L);
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
