package dev.parley.sfu.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.sdp.Candidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CandidatesTest {
    private static final int MEDIA_PORT = 8443;

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static List<String> of(@Nullable InetSocketAddress reachedAt, boolean tcpToo) {
        List<InetSocketAddress> bound = List.of(at("192.0.2.1", MEDIA_PORT), at("2001:db8::1", MEDIA_PORT));
        List<InetSocketAddress> announced = List.of(at("203.0.113.5", 443));
        return Candidates.of(bound, announced, reachedAt, MEDIA_PORT, tcpToo).stream()
                .map(CandidatesTest::shown)
                .toList();
    }

    private static String shown(Candidate candidate) {
        return candidate.protocol() + " " + candidate.address() + " " + candidate.port();
    }

    @Test
    void whereTheClientReachedUsIsOneMore() {
        assertThat(of(at("198.51.100.7", 9443), false))
                .containsExactly(
                        "udp 192.0.2.1 8443",
                        "udp 2001:db8:0:0:0:0:0:1 8443",
                        "udp 203.0.113.5 443",
                        "udp 198.51.100.7 9443");
    }

    @Test
    void anAddressWithoutPortGetsTheMediaPort() {
        assertThat(of(at("198.51.100.7", 0), true)).contains("udp 198.51.100.7 8443", "tcp 198.51.100.7 8443");
    }

    @Test
    void nothingIsNamedTwice() {
        assertThat(of(at("192.0.2.1", 0), false)).hasSize(3);
        assertThat(of(at("192.0.2.1", MEDIA_PORT), false)).hasSize(3);
    }

    @Test
    void anyAddressIsNone() {
        assertThat(of(at("0.0.0.0", MEDIA_PORT), false)).hasSize(3);
        assertThat(of(null, true)).hasSize(6);
    }
}
