package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.synthetic.Publishing;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Six people over bad networks, a minute each: every rule of a call holds.
final class SimBadNetworkTest {
    static LongStream seeds() {
        return Fuzz.seeds(20);
    }

    /// Half of the seeds as our page sends, half with all encodings at once.
    @ParameterizedTest
    @MethodSource("seeds")
    void everyRuleHoldsForSixPeople(long seed) {
        SimCall call = call(seed);
        call.run(30);
        call.here().get((int) (seed % 6)).client().net().path().blackout(call.nowNs(), 5 * SimCall.SECOND_NS);
        call.here().get((int) (seed % 5)).client().net().path().changeAddress();
        call.run(30);
        assertThat(call.here()).as(call.toString()).allMatch(SimBrowser::receivesTransportFeedback);
        assertThat(call.here()).as(call.toString()).allMatch(browser -> browser.nacksReceived() > 0);
        call.end();
    }

    private static SimCall call(long seed) {
        SimCall call = new SimCall(seed, SimCall.BAD);
        for (int i = 0; i < 6; i++) {
            call.join(seed % 2 == 0 ? Publishing.page() : Publishing.simulcast());
            call.run(0.3);
        }
        return call;
    }

    @Test
    void twoRunsOfOneSeedAreTheSame() {
        assertThat(traceHash(7)).isEqualTo(traceHash(7)).isNotEqualTo(traceHash(8));
    }

    private static long traceHash(long seed) {
        SimCall call = call(seed);
        call.run(10);
        call.end();
        return call.simulation().traceHash();
    }
}
