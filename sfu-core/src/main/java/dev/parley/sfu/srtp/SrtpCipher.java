package dev.parley.sfu.srtp;

/// One direction's transforms under its session keys: the seam behind which another implementation of AES can stand.
/// It knows the layout of protected packets, and nothing of sources, windows or rollover. Belongs to one loop.
///
/// The caller has checked that everything fits. The `open` methods return -1 when the tag is wrong, and the packet is
/// then as it came; everything else that goes wrong is a fault of ours and is thrown.
interface SrtpCipher {
    /// `out` holds the header and the first bytes of the payload up to `end`; `count` more are at `from` of `source`,
    /// which is another array. All of the payload goes encrypted behind the header, the tag behind it.
    ///
    /// @return the packet's new length
    int sealRtp(byte[] out, int headerLength, int end, byte[] source, int from, int count, int ssrc, long index);

    /// @return the packet's new length, or -1
    int openRtp(byte[] packet, int headerLength, int length, int ssrc, long index);

    /// Encrypts all behind the first 8 bytes and adds tag and index, the E bit set.
    ///
    /// @return the packet's new length
    int sealRtcp(byte[] packet, int length, int ssrc, int index);

    /// @return the packet's new length, or -1
    int openRtcp(byte[] packet, int length, int ssrc, int index);
}
