package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;
import java.util.Arrays;

/// SRTCP that is authenticated but not encrypted, which the RFCs allow and we refuse.
final class ClearSrtcp {
    private ClearSrtcp() {}

    static byte[] authenticated(SrtpFixture keys, int index) {
        byte[] plain = keys.rtcp(SrtpFixture.SSRC, 52).toBytes();
        byte[] packet = Arrays.copyOf(plain, plain.length + keys.profile.rtcpOverhead());
        SessionKeys session = SessionKeys.rtcp(keys.profile, keys.key, keys.salt);
        switch (keys.profile) {
            case AEAD_AES_128_GCM -> {
                Gcm gcm = new Gcm(session);
                byte[] word = new byte[4];
                Bytes.i32(word, 0, index);
                gcm.start(Gcm.SEAL, SrtpFixture.SSRC, index);
                gcm.authenticate(plain, 0, plain.length);
                gcm.authenticate(word, 0, word.length);
                int end = plain.length + gcm.seal(new byte[0], 0, 0, packet, plain.length);
                Bytes.i32(packet, end, index);
            }
            case AES_CM_128_HMAC_SHA1_80 -> {
                Bytes.i32(packet, plain.length, index);
                new CounterMode(session).writeTag(packet, plain.length, index, plain.length + 4);
            }
        }
        return packet;
    }
}
