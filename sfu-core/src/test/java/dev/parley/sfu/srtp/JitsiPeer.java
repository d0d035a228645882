package dev.parley.sfu.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;

/// One direction of jitsi-srtp, the implementation that ours is held against.
final class JitsiPeer {
    private final SrtpContextFactory factory;
    private final Map<Integer, SrtpCryptoContext> rtp = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> rtcp = new HashMap<>();

    JitsiPeer(SrtpFixture keys, boolean sender) {
        SrtpPolicy policy = policy(keys.profile);
        factory = new SrtpContextFactory(
                sender, keys.key.clone(), keys.salt.clone(), policy, policy, new LoggerImpl(JitsiPeer.class.getName()));
    }

    private static SrtpPolicy policy(SrtpProfile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
            case AES_CM_128_HMAC_SHA1_80 ->
                new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        };
    }

    byte[] protectRtp(int ssrc, byte[] packet) throws GeneralSecurityException {
        Buffer buffer = new Buffer(packet);
        return buffer.after(rtp(ssrc).transformPacket(buffer));
    }

    byte[] unprotectRtp(int ssrc, byte[] packet) throws GeneralSecurityException {
        Buffer buffer = new Buffer(packet);
        return buffer.after(rtp(ssrc).reverseTransformPacket(buffer, false));
    }

    byte[] protectRtcp(int ssrc, byte[] packet) throws GeneralSecurityException {
        Buffer buffer = new Buffer(packet);
        return buffer.after(rtcp(ssrc).transformPacket(buffer));
    }

    byte[] unprotectRtcp(int ssrc, byte[] packet) throws GeneralSecurityException {
        Buffer buffer = new Buffer(packet);
        return buffer.after(rtcp(ssrc).reverseTransformPacket(buffer));
    }

    private SrtpCryptoContext rtp(int ssrc) throws GeneralSecurityException {
        SrtpCryptoContext context = rtp.get(ssrc);
        if (context == null) {
            context = factory.deriveContext(ssrc, 0);
            rtp.put(ssrc, context);
        }
        return context;
    }

    private SrtcpCryptoContext rtcp(int ssrc) throws GeneralSecurityException {
        SrtcpCryptoContext context = rtcp.get(ssrc);
        if (context == null) {
            context = factory.deriveControlContext(ssrc);
            rtcp.put(ssrc, context);
        }
        return context;
    }

    /// A packet with room behind it, in the shape that jitsi-srtp works on.
    private static final class Buffer implements ByteArrayBuffer {
        private final byte[] bytes;
        private int length;

        Buffer(byte[] packet) {
            bytes = Arrays.copyOf(packet, packet.length + 64);
            length = packet.length;
        }

        byte[] after(SrtpErrorStatus status) {
            if (status != SrtpErrorStatus.OK) {
                throw new AssertionError("jitsi-srtp says " + status);
            }
            return Arrays.copyOf(bytes, length);
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int length) {
            this.length = length;
        }

        @Override
        public void setOffset(int offset) {
            throw new UnsupportedOperationException("packets stay where they are");
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] out) {
            System.arraycopy(bytes, from, out, 0, count);
        }

        @Override
        public void grow(int count) {
            if (length + count > bytes.length) {
                throw new AssertionError("more than 64 bytes added");
            }
        }

        @Override
        public void append(byte[] data, int count) {
            System.arraycopy(data, 0, bytes, length, count);
            length += count;
        }

        @Override
        public void shrink(int count) {
            length -= count;
        }
    }
}
