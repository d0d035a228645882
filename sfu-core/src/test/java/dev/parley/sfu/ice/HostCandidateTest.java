package dev.parley.sfu.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Flow;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class HostCandidateTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("192.0.2.1", 7882);

    @Test
    void theBestHostCandidateHasTheFamiliarPriority() {
        assertThat(HostCandidate.of(Flow.Protocol.UDP, ADDRESS, 0).priority()).isEqualTo(2_130_706_431L);
    }

    @Test
    void everyUdpAddressIsTriedBeforeAnyOverTcp() {
        long worstUdp = HostCandidate.of(Flow.Protocol.UDP, ADDRESS, HostCandidate.RANK_MAX)
                .priority();
        long bestTcp = HostCandidate.of(Flow.Protocol.TCP, ADDRESS, 0).priority();

        assertThat(worstUdp).isGreaterThan(bestTcp);
        assertThat(bestTcp)
                .isGreaterThan(HostCandidate.of(Flow.Protocol.TCP, ADDRESS, 1).priority())
                .isLessThan(1L << 31);
    }

    @Test
    void foundationsDifferByAddressAndProtocol() {
        assertThat(HostCandidate.of(Flow.Protocol.UDP, ADDRESS, 0).foundation())
                .isNotEqualTo(HostCandidate.of(Flow.Protocol.UDP, ADDRESS, 1).foundation())
                .isNotEqualTo(HostCandidate.of(Flow.Protocol.TCP, ADDRESS, 0).foundation())
                .matches("[A-Za-z0-9+/]{1,32}");
    }
}
