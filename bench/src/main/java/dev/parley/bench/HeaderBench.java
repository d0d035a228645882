package dev.parley.bench;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What is read once from a camera's packet, and what is written once for each subscriber of it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderBench {
    private static final int PAYLOAD_BYTES = 1100;
    private static final int HEADER_BYTES_MAX = 100;

    /// Until its first receiver report a subscriber needs the MID in each packet.
    @Param({"", "12"})
    public String mid = "";

    private final PacketPool pool = new PacketPool(2);
    private final Packet in = pool.take();
    private final Packet out = pool.take();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final RtpHeaderWriter writer = new RtpHeaderWriter(
            ExtensionIds.NONE
                    .with(ExtensionType.MID, 9)
                    .with(ExtensionType.ABS_SEND_TIME, 2)
                    .with(ExtensionType.TRANSPORT_CC, 3),
            true);
    private int seq;

    @Setup
    public void packet() {
        new Vp8Source(PAYLOAD_BYTES).next(in);
        writer.mid(mid.getBytes(StandardCharsets.US_ASCII));
        readExtensions();
        readDescriptor();
    }

    @Benchmark
    public boolean readExtensions() {
        return extensions.parse(in, Vp8Source.EXTENSIONS);
    }

    @Benchmark
    public boolean readDescriptor() {
        return vp8.parse(in, Rtp.payloadOffset(in), PAYLOAD_BYTES);
    }

    @Benchmark
    public int writeHeader() {
        return writer.write(in, extensions, out, 120, ++seq & 0xffff, seq, 7, HEADER_BYTES_MAX);
    }

    @Benchmark
    public int rewriteDescriptor() {
        vp8.rewrite(out, Rtp.FIXED_HEADER_BYTES, ++seq, seq);
        return out.u16(Rtp.FIXED_HEADER_BYTES + 2);
    }
}
