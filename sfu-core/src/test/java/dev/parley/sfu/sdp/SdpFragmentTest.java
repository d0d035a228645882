package dev.parley.sfu.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SdpFragmentTest {
    private static final Limits LIMITS = Limits.defaults();

    /// RFC 9725 section 4.3.2.
    private static final String FRAGMENT = """
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1
            a=candidate:3471623853 1 udp 2122194687 call.local 61765 typ host generation 0 ufrag EsAw network-id 2
            a=end-of-candidates
            """;

    private static SdpFragment parsed(String text) {
        SdpFragment.Result result = SdpFragment.parse(text, LIMITS);
        assertThat(result).as(text).isInstanceOf(SdpFragment.Parsed.class);
        return ((SdpFragment.Parsed) result).fragment();
    }

    @Test
    void readsTheExampleOfTheStandard() {
        SdpFragment fragment = parsed(FRAGMENT);
        assertThat(fragment.ufrag()).isEqualTo("EsAw");
        assertThat(fragment.pwd()).isEqualTo("P2uYro0UCOQ4zxjKXaWCBui1");
        assertThat(fragment.candidates()).extracting(Candidate::port).containsExactly(61764, 61765);
        assertThat(fragment.endOfCandidates()).isTrue();
    }

    @Test
    void theLevelOfTheCredentialsDoesNotMatter() {
        assertThat(parsed("a=ice-ufrag:EsAw\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\nm=audio 9 RTP/AVP 0\na=mid:0\n")
                        .ufrag())
                .isEqualTo("EsAw");
    }

    @Test
    @DisplayName("hostile E09 fragments of any bytes are a fragment or a refusal")
    void hostile_E09_anyBytes() {
        Fuzz.bytes(
                Fuzz.runs(200_000),
                600,
                bytes -> assertThat(SdpFragment.parse(new String(bytes, StandardCharsets.ISO_8859_1), LIMITS))
                        .isNotNull());
    }

    @Test
    @DisplayName("hostile E09 bent fragments are a fragment or a refusal")
    void hostile_E09_mutations() {
        Fuzz.mutations(
                Fuzz.runs(200_000),
                List.of(FRAGMENT.getBytes(StandardCharsets.UTF_8)),
                bytes -> assertThat(SdpFragment.parse(new String(bytes, StandardCharsets.ISO_8859_1), LIMITS))
                        .isNotNull());
    }
}
