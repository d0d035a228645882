package dev.parley.bench;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.session.AnswerPolicy;
import dev.parley.sfu.session.LocalIce;
import dev.parley.sfu.session.Negotiation;
import dev.parley.sfu.session.NegotiationWarmUp;
import dev.parley.sfu.session.Negotiator;
import dev.parley.sfu.session.NegotiatorConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the answer to a browser's first offer costs the loop that gives it: four senders, the whole pool of slots.
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SingleShotTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnswerBench {
    private final Rng rng = Rng.seeded(1);
    private final NegotiatorConfig config = new NegotiatorConfig(
            List.of("sha-256 " + "AB:".repeat(31) + "CD"),
            () -> new LocalIce("abcd", "0123456789abcdefghijkl"),
            () -> List.of(candidate("192.0.2.1"), candidate("2001:db8::1")),
            rng,
            "cname",
            Limits.defaults(),
            AnswerPolicy.defaults());
    private final String offer = NegotiationWarmUp.pageOffer(config);

    private static Candidate candidate(String address) {
        return new Candidate("1", 1, "udp", 2_130_706_431, address, 8443, "host", null);
    }

    @Benchmark
    public Negotiation answer() {
        Negotiation answer = new Negotiator(config).accept(offer, List.of());
        if (!(answer instanceof Negotiation.Accepted)) {
            throw new IllegalStateException("refused: " + answer);
        }
        return answer;
    }
}
