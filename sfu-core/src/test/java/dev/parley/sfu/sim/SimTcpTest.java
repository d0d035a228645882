package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.synthetic.Publishing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// People whose network lets no UDP pass.
final class SimTcpTest {
    private static final LinkConfig LOSSY =
            LinkConfig.perfect().withDelayMs(25).withJitterMs(5).withLoss(0.05);
    private static final int BUFFER_BYTES = 512 * 1024;
    private static final int NARROW_BUFFER_BYTES = 64 * 1024;

    @Test
    void fiveMinutesWithFiveOthersAtFivePercentLossAreUsable() {
        SimCall call = new SimCall(Fuzz.seed(), SimCall.GOOD);
        gather(call);
        SimBrowser alice = join(call, SimAccess.tcp(LOSSY, BUFFER_BYTES));
        List<Long> frames = new ArrayList<>();
        for (int minute = 0; minute < 5; minute++) {
            call.run(60);
            frames.add(alice.receiver().frames());
        }
        report("five minutes at 5 % loss", alice, frames);
        SimStream stream = alice.client().net().stream();
        assertThat(stream.voices()).isGreaterThan(10_000);
        assertThat(stream.gaps()).as(call.toString()).isLessThan(0.02);
        assertThat(stream.heldBytesMax()).isLessThan(BUFFER_BYTES + 264 * 1024);
        assertThat(frames.getLast()).isGreaterThan(5 * 60 * 20L);
        assertThat(call.here()).allMatch(browser -> browser.problems().isEmpty());
        call.end();
    }

    /// Five pictures of 1 Mbit/s and five voices do not fit 3 Mbit/s: pictures come and go, each whole when it comes.
    @Test
    void voicesGetThroughWhereNotAllPicturesDo() {
        SimCall call = new SimCall(Fuzz.seed(), SimCall.GOOD);
        call.liveness().expectFreezes();
        gather(call);
        LinkConfig narrow = LinkConfig.perfect().withDelayMs(25).withLoss(0.002).withRate(3_000_000, 0);
        SimBrowser alice = join(call, SimAccess.tcp(narrow, NARROW_BUFFER_BYTES));
        List<Long> frames = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            call.run(15);
            frames.add(alice.receiver().frames());
        }
        report("5 Mbit/s into 3", alice, frames);
        SimStream stream = alice.client().net().stream();
        assertThat(stream.voices()).isGreaterThan(2_000);
        assertThat(stream.gaps()).as(call.toString()).isLessThan(0.02);
        assertThat(stream.heldBytesMax()).isBetween(NARROW_BUFFER_BYTES, NARROW_BUFFER_BYTES + 264 * 1024);
        assertThat(frames.getFirst()).isPositive();
        assertThat(frames.getLast() - frames.getFirst())
                .as("25 pictures a second of 150 that were made")
                .isGreaterThan(45 * 25L);
        call.end();
    }

    /// Who is not looked at here need not encrypt.
    private static void gather(SimCall call) {
        call.ciphers(SrtpCipherSuite.NULL);
        for (int i = 0; i < 5; i++) {
            call.join(Publishing.page());
            call.run(0.3);
        }
        call.ciphers(SrtpCipherSuite.JCE);
    }

    private static SimBrowser join(SimCall call, SimAccess access) {
        call.access(access);
        SimBrowser alice = call.join(Publishing.page());
        call.run(5);
        assertThat(alice.events()).contains(new SfuEvent.Connected(alice.id(), MediaPath.TCP));
        return alice;
    }

    private static void report(String what, SimBrowser alice, List<Long> frames) {
        SimStream stream = alice.client().net().stream();
        System.out.printf(
                "ICE-TCP, %s: %.2f %% of voices missing or late, at most %d KiB held, frames seen %s%n",
                what, 100 * stream.gaps(), stream.heldBytesMax() / 1024, frames);
    }
}
