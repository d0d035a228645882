package dev.parley.sfu.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.LimitsWith;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HostileSdpTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n";
    private static final String VIDEO = HEAD + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n";
    private static final long CPU_NS_MAX = TimeUnit.MILLISECONDS.toNanos(50);

    /// The byte limit stops most of these; this leaves it out, so that each other limit has to hold alone.
    private static final Limits ANY_LENGTH = longText();

    @Test
    @DisplayName("hostile E09 SDP too large in each way is refused with line and reason within 50 ms")
    void hostile_E09_tooLarge() {
        refused(VIDEO + "a=x:1\r\n".repeat(150_000), Limits.defaults(), "at most 262144");
        refused(HEAD + "m=video 9 RTP/SAVPF 96\r\n".repeat(10_000), Limits.defaults(), "160 media sections");
        refused(HEAD + "m=video 9 RTP/SAVPF 96\r\n".repeat(10_000), ANY_LENGTH, "160 media sections");
        refused(
                VIDEO + numbered("a=candidate:%d 1 udp 1 192.0.2.1 9 typ host\r\n", 10_000),
                ANY_LENGTH,
                "64 candidates");
        refused(VIDEO + numbered("a=rid:r%d send\r\n", 1_000), Limits.defaults(), "8 rids");
        refused(VIDEO + "a=simulcast:send " + numbered("r%d;", 400) + "r\r\n", Limits.defaults(), "8 simulcast");
        refused(VIDEO + numbered("a=ssrc:%d cname:x\r\n", 900), Limits.defaults(), "64 SSRCs");
        refused(VIDEO + "a=extmap:7 urn:x\r\n".repeat(4_000), Limits.defaults(), "1024 lines");
        refused(HEAD + numbered("a=group:LS %d\r\n", 4_000), Limits.defaults(), "1024 lines");
        refused(VIDEO + "a=fingerprint:sha-256 AB\r\n".repeat(9), Limits.defaults(), "8 fingerprints");
        refused(HEAD + "m=video 9 RTP/SAVPF" + numbered(" %d", 100) + "\r\n", Limits.defaults(), "64 formats");
        refused(VIDEO + "a=x:" + "y".repeat(500 * 1024) + "\r\n", ANY_LENGTH, "at most 4096");
        refused(VIDEO + "a=x:" + "y".repeat(200 * 1024), Limits.defaults(), "at most 4096");
    }

    @Test
    @DisplayName("hostile E09 CR alone and NUL are refused")
    void hostile_E09_lineEnds() {
        assertThat(refused(SampleOffers.chromium().replace("\r\n", "\r"), Limits.defaults(), "at most 4096")
                        .line())
                .isEqualTo(1);
        assertThat(refused("v=0\ro=- 1 2 IN IP4 127.0.0.1\r", Limits.defaults(), "CR")
                        .line())
                .isEqualTo(1);
        assertThat(refused(VIDEO + "a=mid:0\0\r\n", Limits.defaults(), "NUL").line())
                .isEqualTo(4);
        assertThat(refused(VIDEO + "a=mid:0\rx\r\n", Limits.defaults(), "CR").line())
                .isEqualTo(4);
    }

    @Test
    @DisplayName("hostile E09 mutated offers of browsers are parsed or refused, and what is parsed survives writing")
    void hostile_E09_mutations() {
        List<byte[]> samples = SampleOffers.sections();
        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> {
            SdpResult result = SdpParser.parse(new String(bytes, StandardCharsets.ISO_8859_1), Limits.defaults());
            if (result instanceof SdpResult.Parsed parsed) {
                assertThat(reparsed(parsed.description())).isEqualTo(parsed.description());
            }
        });
    }

    private static SessionDescription reparsed(SessionDescription description) {
        SdpResult again = SdpParser.parse(SdpWriter.write(description), ANY_LENGTH);
        assertThat(again).isInstanceOf(SdpResult.Parsed.class);
        return ((SdpResult.Parsed) again).description();
    }

    private static String numbered(String line, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format(line, i));
        }
        return text.toString();
    }

    /// The best of a few runs, since the machine may be busy and the code cold.
    private static SdpResult.Refused refused(String text, Limits limits, String cause) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long bestNs = Long.MAX_VALUE;
        SdpResult result = SdpParser.parse(text, limits);
        for (int i = 0; i < 3; i++) {
            long startNs = threads.getCurrentThreadCpuTime();
            result = SdpParser.parse(text, limits);
            bestNs = Math.min(bestNs, threads.getCurrentThreadCpuTime() - startNs);
        }
        assertThat(bestNs).as("CPU time for %s", cause).isLessThan(CPU_NS_MAX);
        assertThat(result).isInstanceOf(SdpResult.Refused.class);
        SdpResult.Refused refused = (SdpResult.Refused) result;
        assertThat(refused.cause()).contains(cause);
        assertThat(refused.line()).isPositive();
        return refused;
    }

    private static Limits longText() {
        return LimitsWith.of("sdpBytes", 4 * 1024 * 1024);
    }
}
