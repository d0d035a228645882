package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;

/// AEAD_AES_128_GCM, [RFC 7714 §8 and §9](https://www.rfc-editor.org/rfc/rfc7714#section-8): the header is
/// authenticated, the rest encrypted as well; SRTCP authenticates its E bit and index too. Belongs to one loop.
final class GcmCipher implements SrtpCipher {
    private final Gcm rtp;
    private final Gcm rtcp;
    private final byte[] word = new byte[Srtcp.INDEX_LENGTH];

    GcmCipher(SessionKeys rtp, SessionKeys rtcp) {
        this.rtp = new Gcm(rtp);
        this.rtcp = new Gcm(rtcp);
    }

    /// The provider seals one piece faster than two, by more than a copy costs.
    @Override
    public int sealRtp(
            byte[] out, int headerLength, int end, byte[] source, int from, int count, int ssrc, long index) {
        rtp.start(Gcm.SEAL, ssrc, index);
        rtp.authenticate(out, 0, headerLength);
        if (end == headerLength) {
            return headerLength + rtp.seal(source, from, count, out, headerLength);
        }
        System.arraycopy(source, from, out, end, count);
        return headerLength + rtp.seal(out, headerLength, end + count - headerLength, out, headerLength);
    }

    @Override
    public int openRtp(byte[] packet, int headerLength, int length, int ssrc, long index) {
        rtp.start(Gcm.OPEN, ssrc, index);
        rtp.authenticate(packet, 0, headerLength);
        int opened = rtp.open(packet, headerLength, length - headerLength);
        return opened < 0 ? -1 : headerLength + opened;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        startRtcp(Gcm.SEAL, packet, ssrc, index);
        int count = length - Srtcp.HEADER_LENGTH;
        int end = Srtcp.HEADER_LENGTH + rtcp.seal(packet, Srtcp.HEADER_LENGTH, count, packet, Srtcp.HEADER_LENGTH);
        Bytes.i32(packet, end, Srtcp.ENCRYPTED | index);
        return end + Srtcp.INDEX_LENGTH;
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc, int index) {
        startRtcp(Gcm.OPEN, packet, ssrc, index);
        int count = length - Srtcp.INDEX_LENGTH - Srtcp.HEADER_LENGTH;
        int opened = rtcp.open(packet, Srtcp.HEADER_LENGTH, count);
        return opened < 0 ? -1 : Srtcp.HEADER_LENGTH + opened;
    }

    private void startRtcp(int mode, byte[] packet, int ssrc, int index) {
        Bytes.i32(word, 0, Srtcp.ENCRYPTED | index);
        rtcp.start(mode, ssrc, index);
        rtcp.authenticate(packet, 0, Srtcp.HEADER_LENGTH);
        rtcp.authenticate(word, 0, word.length);
    }
}
