package dev.parley.bench.forward;

import com.sun.management.ThreadMXBean;
import dev.parley.bench.report.Figures;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.srtp.SrtpResult;
import dev.parley.sfu.srtp.SrtpSender;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// What encrypting alone costs: the same number of keys, the same sizes, in the same run, on the calling thread.
final class CryptoCost {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int HEADER_BYTES = 12;
    private static final int ROUNDS = 50;

    private final SrtpSender[] senders;
    private final byte[] payload;
    private final Packet out = new PacketPool(1).take();
    private final Figures usPerPacket = new Figures();
    private long index;

    CryptoCost(SrtpProfile profile, int keys, int bytes) {
        Rng rng = Rng.secure();
        this.payload = rng.bytes(bytes);
        this.senders = new SrtpSender[keys];
        Arrays.setAll(
                senders,
                _ -> new SrtpSender(
                        profile, rng.bytes(profile.keyLength()), rng.bytes(profile.saltLength()), Limits.defaults()));
    }

    /// Each key's turn, some rounds.
    void measure() {
        long startNs = THREADS.getCurrentThreadCpuTime();
        for (int round = 0; round < ROUNDS; round++) {
            index++;
            for (SrtpSender sender : senders) {
                protect(sender);
            }
        }
        usPerPacket.add((THREADS.getCurrentThreadCpuTime() - startNs) / 1e3 / (ROUNDS * senders.length));
    }

    private void protect(SrtpSender sender) {
        out.u8(0, 0x80);
        out.u8(1, 96);
        Rtp.sequence(out, (int) index & 0xffff);
        Rtp.timestamp(out, (int) index);
        Rtp.ssrc(out, 1);
        out.length(HEADER_BYTES);
        SrtpResult result = sender.protectRtp(out, HEADER_BYTES, index, payload, 0, payload.length);
        if (result != SrtpResult.OK) {
            throw new IllegalStateException("not protected: " + result);
        }
    }

    Figures usPerPacket() {
        return usPerPacket;
    }
}
