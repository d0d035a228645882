package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;
import java.util.Arrays;

/// No cipher: bytes stay readable, and the tag is a hash of keys, source and index instead of the content. So
/// simulations still notice wrong keys, a rollover counter that went astray, and packets that went to the wrong
/// person, and they allocate nothing. Belongs to one loop.
final class NullCipher implements SrtpCipher {
    private final int tagLength;
    private final long rtpKey;
    private final long rtcpKey;

    NullCipher(int tagLength, SessionKeys rtp, SessionKeys rtcp) {
        this.tagLength = tagLength;
        rtpKey = Bytes.i64(rtp.encryption, 0);
        rtcpKey = Bytes.i64(rtcp.encryption, 0);
    }

    @Override
    public int sealRtp(byte[] out, int headerLength, byte[] in, int from, int count, int ssrc, long index) {
        if (in != out) {
            System.arraycopy(in, from, out, headerLength, count);
        }
        return writeTag(out, headerLength + count, tag(rtpKey, ssrc, index));
    }

    @Override
    public int openRtp(byte[] packet, int headerLength, int length, int ssrc, long index) {
        int end = length - tagLength;
        return Bytes.i64(packet, end) == tag(rtpKey, ssrc, index) ? end : -1;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        int end = writeTag(packet, length, tag(rtcpKey, ssrc, index));
        Bytes.i32(packet, end, Srtcp.ENCRYPTED | index);
        return end + Srtcp.INDEX_LENGTH;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc, int index) {
        int end = length - Srtcp.INDEX_LENGTH - tagLength;
        return Bytes.i64(packet, end) == tag(rtcpKey, ssrc, index) ? end : -1;
    }

    private int writeTag(byte[] out, int at, long tag) {
        Bytes.i64(out, at, tag);
        Arrays.fill(out, at + Long.BYTES, at + tagLength, (byte) 0);
        return at + tagLength;
    }

    /// The finaliser of SplittableRandom: each bit of the input moves half of the output's.
    private static long tag(long key, int ssrc, long index) {
        long z = key ^ ((long) ssrc << 32) ^ (index * 0x9e37_79b9_7f4a_7c15L);
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
