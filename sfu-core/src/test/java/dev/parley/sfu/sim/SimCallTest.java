package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sessions and rooms from the first offer to the last packet given back, without media.
final class SimCallTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everybodyConnectsAndLeavesNothingBehind(long seed) {
        Simulation simulation = new Simulation(seed);
        Limits limits = Limits.defaults();
        SimServer server = new SimServer(simulation, 2, SrtpCipherSuite.JCE, limits);
        LinkConfig link = LinkConfig.perfect().withDelayMs(30).withJitterMs(10).withLoss(0.1);
        List<SimClient> clients = new ArrayList<>();
        List<Silence> media = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Silence silence = new Silence();
            SimClient client = new SimClient(
                    i,
                    simulation,
                    server,
                    SimAccess.udp(link),
                    SrtpCipherSuite.JCE,
                    limits,
                    OfferDialect.chromium(),
                    silence);
            media.add(silence);
            client.join(OfferBuilder.page(limits).take(), List.of());
            clients.add(client);
        }
        simulation.run(5_000_000_000L);
        assertThat(clients).as("seed " + seed).allMatch(SimClient::connected);
        assertThat(server.room().size()).isEqualTo(4);
        assertThat(media)
                .allSatisfy(
                        silence -> assertThat(silence.events()).hasAtLeastOneElementOfType(SfuEvent.Connected.class));
        clients.forEach(SimClient::leave);
        simulation.run(60_000_000_000L);
        assertThat(server.leftOver().values()).as(server.leftOver().toString()).containsOnly(0);
    }
}
