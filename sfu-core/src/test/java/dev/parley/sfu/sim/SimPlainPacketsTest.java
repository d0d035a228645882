package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a connected session does with packets that are not what its keys make.
final class SimPlainPacketsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Limits limits = Limits.defaults();
    private final Simulation simulation = new Simulation(11);
    private final SimServer server = new SimServer(simulation, 1, SrtpCipherSuite.JCE, limits);
    private final List<byte[]> sent = new ArrayList<>();
    private final SimClient mallory = new SimClient(
            0,
            simulation,
            server,
            SimAccess.udp(LinkConfig.perfect().withDelayMs(10)),
            SrtpCipherSuite.JCE,
            limits,
            OfferDialect.chromium(),
            new Silence());

    private void connect() {
        mallory.join(OfferBuilder.page(limits).take(), List.of());
        simulation.run(SECOND_NS);
        assertThat(mallory.connected()).isTrue();
    }

    private void raw(byte[] datagram) {
        mallory.net().toServer(datagram);
        simulation.run(SECOND_NS / 10);
    }

    private static byte[] plain(int second, int length) {
        byte[] packet = new byte[length];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) second;
        packet[3] = (byte) (length / 4 - 1);
        packet[11] = 77;
        return packet;
    }

    /// One encrypted report of the client, as it went over the wire.
    private byte[] encryptedReport() {
        mallory.net().tap((datagram, up) -> {
            if (up && datagram[0] == (byte) 0x80) {
                sent.add(datagram);
            }
        });
        mallory.loop().post(() -> {
            Packet packet = mallory.loop().packets().take();
            new RtcpWriter(packet, 1200).receiverReport(77);
            mallory.sendRtcp(packet);
        });
        simulation.run(SECOND_NS / 10);
        return sent.getLast();
    }

    @Test
    @DisplayName("hostile B10 plain RTP and RTCP on a bound address are dropped")
    void hostile_B10_plainPacketsAreDropped() {
        connect();
        for (int payloadType = 0; payloadType < 64; payloadType++) {
            raw(plain(payloadType, 100));
        }
        for (int type = 192; type < 224; type++) {
            raw(plain(type, 100));
        }
        assertThat(server.count(SfuCounter.SRTP_AUTH_FAILED) + server.count(SfuCounter.SRTP_MALFORMED))
                .isEqualTo(64 + 32);
        assertThat(server.count(SfuCounter.RTP_RECEIVED_AUDIO) + server.count(SfuCounter.RTP_RECEIVED_VIDEO))
                .isZero();
        assertThat(server.count(SfuCounter.RTP_UNKNOWN_SSRC) + server.count(SfuCounter.RTCP_MALFORMED))
                .as("nothing of it was read")
                .isZero();
        assertThat(server.room().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("hostile B10 SRTCP without the E bit and SRTCP indices that come again are dropped")
    void hostile_B10_srtcpWithoutEncryptionOrWithAUsedIndexIsDropped() {
        connect();
        byte[] report = encryptedReport();
        long before = server.count(SfuCounter.SRTP_REPLAYED);
        raw(report);
        raw(report);
        assertThat(server.count(SfuCounter.SRTP_REPLAYED)).isEqualTo(before + 2);
        byte[] open = report.clone();
        open[open.length - 4] &= 0x7f; // E, RFC 7714 §9.2: the index comes last
        raw(open);
        assertThat(server.count(SfuCounter.SRTP_MALFORMED)).isEqualTo(1);
        assertThat(server.count(SfuCounter.RTCP_MALFORMED)).isZero();
    }

    @Test
    @DisplayName("hostile B10 encrypted packets from an address without a check are not even tried")
    void hostile_B10_strangersAreNotTried() {
        connect();
        byte[] report = encryptedReport();
        long replayed = server.count(SfuCounter.SRTP_REPLAYED);
        long unknown = server.count(SfuCounter.UNKNOWN_SOURCE);
        mallory.net().path().changeAddress();
        server.misdeliver(report, mallory.net().flow());
        simulation.run(SECOND_NS / 10);
        assertThat(server.count(SfuCounter.UNKNOWN_SOURCE)).isEqualTo(unknown + 1);
        assertThat(server.count(SfuCounter.SRTP_REPLAYED)).isEqualTo(replayed);
    }
}
