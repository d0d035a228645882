package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.synthetic.Publishing;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Long calls of six people over bad networks.
final class SimSoakTest {
    private static final int PEOPLE = 6;
    private static final int HOURS = 24;
    private static final double HOUR_S = 3600;
    private static final double TROUBLE_EVERY_S = 240;

    @Test
    void halfAnHourAtFullRateWithRealSrtp() {
        long startNs = System.nanoTime();
        SimCall call = new SimCall(Fuzz.seed(), SimCall.BAD);
        gather(call, Publishing.page());
        Rng rng = Rng.seeded(Fuzz.seed());
        for (double passed = 0; passed < HOUR_S / 2; passed += TROUBLE_EVERY_S / 2) {
            trouble(call, rng);
            call.run(TROUBLE_EVERY_S / 2);
        }
        assertEverybodySawEverybody(call, HOUR_S / 2 * 20);
        finish(call, "30 virtual minutes", startNs);
    }

    /// Audio with DTX, a fifth of the time speech, five packets of picture a second, nothing encrypted; and one hour,
    /// drawn by the seed, at full rate and encrypted.
    @Test
    @Tag("long")
    void aDayOfMixedLoad() {
        long startNs = System.nanoTime();
        Rng rng = Rng.seeded(Fuzz.seed());
        int fullHour = rng.below(HOURS);
        SimCall call = new SimCall(Fuzz.seed(), SimCall.BAD);
        hours(call, rng, fullHour, SrtpCipherSuite.NULL, Publishing.thin());
        hours(call, rng, 1, SrtpCipherSuite.JCE, Publishing.page());
        hours(call, rng, HOURS - 1 - fullHour, SrtpCipherSuite.NULL, Publishing.thin());
        finish(call, "24 virtual hours, hour " + fullHour + " at full rate,", startNs);
    }

    private static void hours(SimCall call, Rng rng, int hours, SrtpCipherSuite ciphers, Publishing publishing) {
        long startNs = System.nanoTime();
        call.ciphers(ciphers);
        gather(call, publishing);
        for (int hour = 0; hour < hours; hour++) {
            for (double passed = 0; passed < HOUR_S; passed += TROUBLE_EVERY_S) {
                trouble(call, rng);
                call.run(TROUBLE_EVERY_S);
            }
        }
        if (hours > 0) {
            assertEverybodySawEverybody(call, hours * HOUR_S * publishing.framesPerSecond() * 2 / 3);
        }
        List.copyOf(call.here()).forEach(call::leave);
        call.run(40);
        System.out.printf("%d hours: %.1f s%n", hours, (System.nanoTime() - startNs) / 1e9);
    }

    private static void gather(SimCall call, Publishing publishing) {
        for (int i = 0; i < PEOPLE; i++) {
            call.join(publishing);
            call.run(0.5);
        }
    }

    /// Someone is in the dark for longer than it takes to be away, or even for so long that nothing is sent any more.
    private static void trouble(SimCall call, Rng rng) {
        SimBrowser unlucky = call.here().get(rng.below(PEOPLE));
        long darkNs = (3 + rng.below(17)) * SimCall.SECOND_NS;
        unlucky.client().net().path().blackout(call.nowNs(), darkNs);
    }

    private static void assertEverybodySawEverybody(SimCall call, double framesMin) {
        assertThat(call.here())
                .as(call.toString())
                .allSatisfy(viewer ->
                        assertThat(viewer.receiver().frames()).isGreaterThan((long) (framesMin * (PEOPLE - 1))));
    }

    private static void finish(SimCall call, String what, long startNs) {
        call.end();
        System.out.printf(
                "%s: %.1f s, %d events, longest freeze without a blackout %.1f s%n",
                what,
                (System.nanoTime() - startNs) / 1e9,
                call.simulation().eventsHappened(),
                call.liveness().longestFreezeSeconds());
    }
}
