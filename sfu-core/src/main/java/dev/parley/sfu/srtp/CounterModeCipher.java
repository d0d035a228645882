package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;

/// AES_CM_128_HMAC_SHA1_80, [RFC 3711 §4.1.1 and §4.2](https://www.rfc-editor.org/rfc/rfc3711#section-4.1.1): counter
/// mode over all behind the header, then a tag over the whole and a word: RTP's rollover counter, which is not sent, or
/// RTCP's E bit and index, which stand before the tag. Belongs to one loop.
final class CounterModeCipher implements SrtpCipher {
    private final CounterMode rtp;
    private final CounterMode rtcp;

    CounterModeCipher(SessionKeys rtp, SessionKeys rtcp) {
        this.rtp = new CounterMode(rtp);
        this.rtcp = new CounterMode(rtcp);
    }

    @Override
    public int sealRtp(
            byte[] out, int headerLength, int end, byte[] source, int from, int count, int ssrc, long index) {
        rtp.start(ssrc, index);
        rtp.encryptFirst(out, headerLength, end - headerLength);
        rtp.encryptLast(source, from, count, out, end);
        return rtp.writeTag(out, end + count, rolloverCounter(index), end + count);
    }

    @Override
    public int openRtp(byte[] packet, int headerLength, int length, int ssrc, long index) {
        int end = length - CounterMode.TAG_LENGTH;
        if (!rtp.tagHolds(packet, end, rolloverCounter(index), end)) {
            return -1;
        }
        rtp.start(ssrc, index);
        rtp.cryptInPlace(packet, headerLength, end - headerLength);
        return end;
    }

    @Override
    public int sealRtcp(byte[] packet, int length, int ssrc, int index) {
        cryptRtcp(packet, length, ssrc, index);
        int word = Srtcp.ENCRYPTED | index;
        Bytes.i32(packet, length, word);
        return rtcp.writeTag(packet, length, word, length + Srtcp.INDEX_LENGTH);
    }

    @Override
    public int openRtcp(byte[] packet, int length, int ssrc, int index) {
        int tagAt = length - CounterMode.TAG_LENGTH;
        int end = tagAt - Srtcp.INDEX_LENGTH;
        if (!rtcp.tagHolds(packet, end, Srtcp.ENCRYPTED | index, tagAt)) {
            return -1;
        }
        cryptRtcp(packet, end, ssrc, index);
        return end;
    }

    private void cryptRtcp(byte[] packet, int end, int ssrc, int index) {
        rtcp.start(ssrc, index);
        rtcp.cryptInPlace(packet, Srtcp.HEADER_LENGTH, end - Srtcp.HEADER_LENGTH);
    }

    private static int rolloverCounter(long index) {
        return (int) (index >>> 16);
    }
}
