package dev.parley.sfu.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PathElectionTest {
    private final BoundPaths paths = new BoundPaths(8);
    private final PathElection election = new PathElection(paths);
    private final BoundPath a = bound(1);
    private final BoundPath b = bound(2);
    private final BoundPath c = bound(3);
    private long nowNs = -5;

    @Test
    void theFirstPacketElectsAtOnce() {
        packet(a, 0);

        assertThat(election.selected()).isSameAs(a);
        assertThat(election.nextNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void threePacketsInARowAreAChange() {
        packet(a, 0);
        packet(b, 1);
        packet(b, 1);
        assertThat(election.selected()).isSameAs(a);
        packet(b, 1);
        assertThat(election.selected()).isSameAs(b);
    }

    @Test
    void onePacketAndThen200MsOfNothingElseIsAChange() {
        packet(a, 0);
        packet(b, 1);
        assertThat(election.nextNs()).isEqualTo(nowNs + PathElection.HOLD_NS);

        nowNs = election.nextNs();
        election.onTime(nowNs);

        assertThat(election.selected()).isSameAs(b);
    }

    @Test
    void aLatePacketOfTheOldAddressDoesNotTurnMediaBack() {
        packet(a, 0);
        packet(b, 1);
        packet(b, 1);
        packet(b, 1);
        packet(a, 1);
        packet(b, 1);

        assertThat(election.selected()).isSameAs(b);
        assertThat(election.nextNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void twoAddressesThatTakeTurnsStayWithTheOneInUse() {
        packet(a, 0);
        for (int i = 0; i < 1_000; i++) {
            packet(b, 5);
            packet(a, 5);
            assertThat(election.selected()).isSameAs(a);
        }
    }

    @Test
    void aThirdAddressBeginsItsOwnCount() {
        packet(a, 0);
        packet(b, 1);
        packet(b, 1);
        packet(c, 1);
        packet(c, 1);
        assertThat(election.selected()).isSameAs(a);
        packet(c, 1);
        assertThat(election.selected()).isSameAs(c);
    }

    @Test
    void nominationsAreHeldFor200Ms() {
        nominate(a, 0);
        nominate(b, 50);
        assertThat(election.selected()).isSameAs(a);
        assertThat(election.nextNs()).isEqualTo(nowNs + PathElection.HOLD_NS - ms(50));

        nowNs = election.nextNs();
        election.onTime(nowNs);

        assertThat(election.selected()).isSameAs(b);
        assertThat(election.nextNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void aNominationBeatsTheLastBindingAtOnce() {
        election.elect(nowNs);
        assertThat(election.selected()).isSameAs(c);
        nominate(a, 1);
        assertThat(election.selected()).isSameAs(a);
    }

    @Test
    void whoOnlyWatchesMovesByNomination() {
        packet(a, 0);
        nominate(b, 990);
        assertThat(election.selected()).isSameAs(a);
        nominate(b, 20);
        assertThat(election.selected()).isSameAs(b);
    }

    @Test
    void anOldAddressThatIsHeardAgainTakesMediaBack() {
        packet(a, 0);
        nominate(b, 1_500);
        assertThat(election.selected()).isSameAs(b);

        packet(a, 100);

        assertThat(election.selected()).isSameAs(a);
    }

    @Test
    void whenTheAddressInUseGoesTheNextBestIsTakenAtOnce() {
        packet(a, 0);
        nominate(b, 1);
        nominate(c, 1);

        remove(a);
        assertThat(election.selected()).isSameAs(c);
        remove(c);
        assertThat(election.selected()).isSameAs(b);
        remove(b);
        assertThat(election.selected()).isNull();
    }

    private BoundPath bound(int port) {
        return paths.add(IceRig.flow(port), nowNs);
    }

    private void packet(BoundPath path, long afterMs) {
        nowNs += ms(afterMs);
        path.heardNs = nowNs;
        election.packet(path, nowNs);
    }

    private void nominate(BoundPath path, long afterMs) {
        nowNs += ms(afterMs);
        path.heardNs = nowNs;
        election.nominated(path, nowNs);
    }

    private void remove(BoundPath path) {
        paths.remove(path);
        election.removed(path, nowNs);
    }

    private static long ms(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
