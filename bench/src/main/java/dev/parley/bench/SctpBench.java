package dev.parley.bench;

import dev.parley.bench.data.MemoryPair;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a message costs both ends of an association together, acknowledgements included, without DTLS and sockets.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SctpBench {
    private static final int MANY = 256;

    @Param({"100", "1024", "16384"})
    public int bytes;

    private final MemoryPair pair = new MemoryPair();
    private Payload payload = Payload.of(new byte[0]);

    @Setup
    public void payload() {
        payload = Payload.of(new byte[bytes]);
    }

    /// One at a time, as in a chat.
    @Benchmark
    public long lone() {
        pair.transfer(payload, 1);
        return pair.received();
    }

    /// One behind the other, as in a file.
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long many() {
        pair.transfer(payload, MANY);
        return pair.received();
    }
}
