package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A thousand sessions in virtual time, in batches: they come, connect and go, and nothing of them is left.
final class SimManyTest {
    private static final int SESSIONS = 1_000;
    private static final int BATCH = 50;
    private static final long MS = 1_000_000;
    private static final InetSocketAddress ATTACKER =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.66"), 6_666);

    private final Limits limits = Limits.defaults();
    private final Simulation simulation = new Simulation(Fuzz.seed());
    private final SplittableRandom random = new SplittableRandom(Fuzz.seed());
    private final SimServer server = new SimServer(simulation, 4, SrtpCipherSuite.NULL, limits);

    private List<SimClient> join(int batch, LinkConfig link) {
        List<SimClient> clients = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            SimClient client = new SimClient(
                    batch * BATCH + i,
                    simulation,
                    server,
                    SimAccess.udp(link),
                    SrtpCipherSuite.NULL,
                    limits,
                    OfferDialect.chromium(),
                    new Silence());
            client.join(
                    new OfferBuilder()
                            .microphone()
                            .camera("q", "h", "f")
                            .pairs(2)
                            .take(),
                    List.of());
            clients.add(client);
        }
        return clients;
    }

    private void assertNothingLeft() {
        assertThat(server.leftOver().values())
                .as(simulation + ": " + server.leftOver())
                .containsOnly(0);
        assertThat(server.count(SfuCounter.PARTICIPANT_FAILED)).isZero();
    }

    @Test
    void whoLeavesAtAnyMomentLeavesNothingBehind() {
        LinkConfig bad = LinkConfig.perfect().withDelayMs(30).withJitterMs(10).withLoss(0.1);
        for (int batch = 0; batch < SESSIONS / BATCH; batch++) {
            for (SimClient client : join(batch, bad)) {
                long atNs = 1 + random.nextLong(400) * MS;
                boolean silently = random.nextInt(4) == 0;
                simulation.after(atNs, silently ? client::vanish : client::leave);
            }
            simulation.run(500 * MS);
        }
        simulation.run(60_000 * MS);
        assertNothingLeft();
    }

    @Test
    @DisplayName("hostile B01 hellos from addresses without a check race 1,000 joins: all connect, none is answered")
    void hostile_B01_hellosOfStrangersRaceAThousandJoins() {
        LinkConfig good = LinkConfig.perfect().withDelayMs(15).withJitterMs(3);
        Flow attacker = Flow.udp(SimNet.SERVER, ATTACKER);
        List<byte[]> hellos = new ArrayList<>(List.of(nullHello()));
        int connected = 0;
        long strays = 0;
        for (int batch = 0; batch < SESSIONS / BATCH; batch++) {
            List<SimClient> clients = join(batch, good);
            clients.getFirst().net().tap((datagram, up) -> {
                if (up && datagram[0] == 22 && hellos.size() < 4) {
                    hellos.add(datagram); // a browser's own, overheard
                }
            });
            for (SimClient client : clients) {
                for (int i = 0; i < 4; i++) {
                    long atNs = random.nextLong(150 * MS);
                    simulation.after(
                            atNs, () -> attack(hellos, attacker, client.net().flow()));
                }
            }
            simulation.run(1_000 * MS);
            connected += (int) clients.stream().filter(SimClient::connected).count();
            strays += clients.stream().mapToInt(c -> c.net().strayBytes()).sum();
            clients.forEach(SimClient::leave);
        }
        assertThat(connected).as(simulation.toString()).isEqualTo(SESSIONS);
        assertThat(strays).as("bytes that the attacker got").isZero();
        assertThat(server.count(SfuCounter.UNKNOWN_SOURCE)).isGreaterThan(SESSIONS);
        assertThat(server.count(SfuCounter.DTLS_OK)).isEqualTo(SESSIONS);
        simulation.run(60_000 * MS);
        assertNothingLeft();
    }

    /// From its own address, through an edge that errs, and in the name of the one who is joining.
    private void attack(List<byte[]> hellos, Flow own, Flow victims) {
        byte[] hello = hellos.get(random.nextInt(hellos.size()));
        assertThat(server.receive(hello, own)).isFalse();
        server.misdeliver(hello, own);
        server.receive(hellos.getFirst(), victims);
    }

    /// A ClientHello whose only suite is TLS_NULL_WITH_NULL_NULL, RFC 6347 §4.2.1.
    private static byte[] nullHello() {
        int body = 2 + 32 + 1 + 1 + 4 + 2;
        byte[] hello = new byte[13 + 12 + body];
        hello[0] = 22;
        Bytes.u16(hello, 1, 0xfefd);
        Bytes.u16(hello, 11, 12 + body);
        hello[13] = 1;
        Bytes.u16(hello, 15, body);
        Bytes.u16(hello, 23, body);
        Bytes.u16(hello, 25, 0xfefd);
        Bytes.u16(hello, 61, 2); // one suite: 0x0000
        hello[65] = 1; // one compression method: none
        return hello;
    }
}
