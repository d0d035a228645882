package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;

/// Keys of one direction, and packets to send under them.
final class SrtpFixture {
    static final int SSRC = 0xcafe_babe;
    static final int HEADER_LENGTH = 12;

    final SrtpProfile profile;
    final SrtpCipherSuite suite;
    final byte[] key;
    final byte[] salt;
    final PacketPool pool = new PacketPool(64);

    SrtpFixture(SrtpProfile profile) {
        this(profile, SrtpCipherSuite.JCE);
    }

    SrtpFixture(SrtpProfile profile, SrtpCipherSuite suite) {
        Rng rng = Rng.seeded(profile.wireNumber());
        this.profile = profile;
        this.suite = suite;
        this.key = rng.bytes(profile.keyLength());
        this.salt = rng.bytes(profile.saltLength());
    }

    SrtpSender sender() {
        return new SrtpSender(suite, profile, key, salt, Limits.defaults());
    }

    SrtpSender sender(int firstRtcpIndex) {
        return new SrtpSender(suite, profile, key, salt, Limits.defaults(), firstRtcpIndex);
    }

    SrtpReceiver receiver() {
        return new SrtpReceiver(suite, profile, key, salt, Limits.defaults());
    }

    Packet rtp(int ssrc, long index, int payloadLength) {
        Packet p = pool.take();
        p.length(HEADER_LENGTH + payloadLength);
        p.u8(0, 0x80);
        p.u8(1, 96);
        p.u16(2, (int) index & 0xffff);
        p.i32(4, (int) index * 3000);
        p.i32(8, ssrc);
        fill(p, HEADER_LENGTH, index);
        return p;
    }

    Packet rtcp(int ssrc, int length) {
        Packet p = pool.take();
        p.length(length);
        p.u8(0, 0x80);
        p.u8(1, 200);
        p.u16(2, length / 4 - 1);
        p.i32(4, ssrc);
        fill(p, 8, length);
        return p;
    }

    /// A protected packet of its own `SSRC`.
    Packet protectedRtp(SrtpSender sender, long index) {
        Packet p = rtp(SSRC, index, 60);
        require(sender.protectRtp(p, HEADER_LENGTH, index));
        return p;
    }

    Packet protectedRtcp(SrtpSender sender) {
        Packet p = rtcp(SSRC, 52);
        require(sender.protectRtcp(p));
        return p;
    }

    Packet packet(byte[] bytes) {
        return pool.take(bytes);
    }

    /// What became of a copy of this datagram.
    SrtpResult receiveRtp(SrtpReceiver receiver, byte[] datagram) {
        Packet p = pool.take(datagram);
        SrtpResult result = receiver.unprotectRtp(p);
        p.release();
        return result;
    }

    SrtpResult receiveRtcp(SrtpReceiver receiver, byte[] datagram) {
        Packet p = pool.take(datagram);
        SrtpResult result = receiver.unprotectRtcp(p);
        p.release();
        return result;
    }

    byte[] rtpDatagram(SrtpSender sender, long index) {
        return bytesOf(protectedRtp(sender, index));
    }

    byte[] rtcpDatagram(SrtpSender sender) {
        return bytesOf(protectedRtcp(sender));
    }

    private static byte[] bytesOf(Packet p) {
        byte[] bytes = p.toBytes();
        p.release();
        return bytes;
    }

    private static void fill(Packet p, int from, long seed) {
        for (int at = from; at < p.length(); at++) {
            p.u8(at, (int) (seed * 31 + at * 7L));
        }
    }

    private static void require(SrtpResult result) {
        if (result != SrtpResult.OK) {
            throw new AssertionError("not protected: " + result);
        }
    }

    /// The same bytes with one bit of the last byte of its tag flipped; the tag of AEAD stands before RTCP's index.
    static byte[] withBadTag(byte[] datagram) {
        byte[] bad = datagram.clone();
        bad[bad.length - 1 - Integer.BYTES] ^= 1;
        return bad;
    }

    static byte[] withSequence(byte[] datagram, int seq) {
        byte[] changed = datagram.clone();
        Bytes.u16(changed, 2, seq);
        return changed;
    }
}
