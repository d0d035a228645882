package dev.parley.bench;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.srtp.SrtpReceiver;
import dev.parley.sfu.srtp.SrtpResult;
import dev.parley.sfu.srtp.SrtpSender;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What protecting one packet for each of many subscribers costs, and what a good and a forged packet cost to receive.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SrtpBench {
    private static final int HEADER_LENGTH = 12;
    private static final int SUBSCRIBERS = 100;
    private static final int RECORDED = 1 << 15;

    @Param
    public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    @Param({"JCE", "NULL"})
    public SrtpCipherSuite suite = SrtpCipherSuite.JCE;

    @Param({"100", "1200"})
    public int payload;

    private final PacketPool pool = new PacketPool(1);
    private final Packet out = pool.take();
    private final byte[] source = new byte[2048];
    private final SrtpSender[] senders = new SrtpSender[SUBSCRIBERS];
    private byte[] key = new byte[0];
    private byte[] salt = new byte[0];
    private byte[][] recorded = new byte[0][];
    private @Nullable SrtpReceiver receiver;
    private int turn;
    private long index;

    @Setup(Level.Trial)
    public void keys() {
        Rng rng = Rng.seeded(1);
        key = rng.bytes(profile.keyLength());
        salt = rng.bytes(profile.saltLength());
        for (int i = 0; i < SUBSCRIBERS; i++) {
            byte[] own = rng.bytes(profile.keyLength());
            senders[i] = new SrtpSender(suite, profile, own, salt, Limits.defaults());
        }
        record();
    }

    private void record() {
        SrtpSender sender = new SrtpSender(suite, profile, key, salt, Limits.defaults());
        recorded = new byte[RECORDED][];
        for (int seq = 0; seq < RECORDED; seq++) {
            header(seq);
            require(sender.protectRtp(out, HEADER_LENGTH, seq, source, 0, payload));
            recorded[seq] = out.toBytes();
        }
    }

    /// One subscriber's packet, whose payload is shared.
    @Benchmark
    public int protect() {
        next();
        header(index);
        require(senders[turn].protectRtp(out, HEADER_LENGTH, index, source, 0, payload));
        return out.length();
    }

    /// The same with five rewritten bytes, as a VP8 descriptor needs.
    @Benchmark
    public int protectRewritten() {
        next();
        header(index);
        out.length(HEADER_LENGTH + 5);
        require(senders[turn].protectRtp(out, HEADER_LENGTH, index, source, 5, payload - 5));
        return out.length();
    }

    @Benchmark
    public int unprotect() {
        require(nextReceived().unprotectRtp(out));
        return out.length();
    }

    /// A packet whose last bit is wrong; hostile row B07 wants it to cost no more than a good one.
    @Benchmark
    public SrtpResult refuse() {
        SrtpReceiver at = nextReceived();
        int last = out.length() - 1;
        out.u8(last, out.u8(last) ^ 1);
        return at.unprotectRtp(out);
    }

    /// The next recorded packet in `out`, and who receives it: a new receiver each 32,768 packets costs nothing that
    /// shows.
    private SrtpReceiver nextReceived() {
        SrtpReceiver current = receiver;
        if (current == null || turn == 0) {
            current = new SrtpReceiver(suite, profile, key, salt, Limits.defaults());
            receiver = current;
        }
        out.copyFrom(recorded[turn], 0, recorded[turn].length);
        turn = (turn + 1) % RECORDED;
        return current;
    }

    private void next() {
        if (++turn == SUBSCRIBERS) {
            turn = 0;
            index++;
        }
    }

    private void header(long at) {
        out.length(HEADER_LENGTH);
        out.u8(0, 0x80);
        out.u8(1, 96);
        out.u16(2, (int) at & 0xffff);
        out.i32(8, 1);
    }

    private static void require(SrtpResult result) {
        if (result != SrtpResult.OK) {
            throw new IllegalStateException("not protected: " + result);
        }
    }
}
