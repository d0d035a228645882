package dev.parley.sfu.sctp;

import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import java.util.concurrent.TimeUnit;

/// Alice and bob with data channels between them, in virtual time.
final class SctpRig {
    static final SctpSettings SETTINGS = SctpSettings.of(Limits.defaults());

    final Simulation simulation;
    final SctpPeer alice;
    final SctpPeer bob;

    SctpRig(long seed, LinkConfig link) {
        this(seed, link, SETTINGS, SETTINGS);
    }

    SctpRig(long seed, LinkConfig link, SctpSettings alices, SctpSettings bobs) {
        simulation = new Simulation(seed);
        alice = new SctpPeer(simulation, alices, true, link);
        bob = new SctpPeer(simulation, bobs, false, link);
        SctpPeer.connect(alice, bob);
    }

    /// Somebody else in bob's place.
    SctpPeer another(boolean dtlsClient) {
        SctpPeer peer = new SctpPeer(
                simulation, SETTINGS, dtlsClient, LinkConfig.perfect().withDelayMs(10));
        SctpPeer.connect(alice, peer);
        return peer;
    }

    /// Connected over a link of 10 ms each way without faults.
    static SctpRig connected() {
        return connected(SETTINGS, SETTINGS);
    }

    static SctpRig connected(SctpSettings alices, SctpSettings bobs) {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10), alices, bobs);
        rig.alice.start();
        rig.run(1);
        return rig;
    }

    void run(double seconds) {
        simulation.run((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    }
}
