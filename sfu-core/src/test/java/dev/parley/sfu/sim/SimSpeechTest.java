package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.synthetic.Publishing;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// One speaks for a minute without a pause, one listens over a way that loses packets: how many frames reach the
/// listener's decoder in time.
final class SimSpeechTest {
    private static final long LATE_NS = 80_000_000;
    private static final int SECONDS = 60;
    private static final int LEARNING_SECONDS = 5;
    private static final LinkConfig FAR = LinkConfig.perfect().withDelayMs(50);

    /// @param worst of the seeds, in percent
    /// @param sentBytes of sound, without what was sent once more
    private record Run(SpeechWitness.Heard heard, double worst, long sentBytes, long copiedBytes) {
        Run plus(Run more) {
            return new Run(
                    heard.plus(more.heard),
                    Math.min(worst, more.worst),
                    sentBytes + more.sentBytes,
                    copiedBytes + more.copiedBytes);
        }

        void print(String what) {
            System.out.printf(
                    Locale.ROOT,
                    "speech, %s: %.2f %% of %d frames in time, %.2f %% in the worst run; by themselves %.2f %%, with in-band FEC %.2f %%;"
                            + " copies add %.1f kbit/s to %.1f%n",
                    what,
                    heard.percent(heard.red()),
                    heard.frames(),
                    worst,
                    heard.percent(heard.plain()),
                    heard.percent(heard.fec()),
                    kbps(copiedBytes),
                    kbps(sentBytes));
        }

        private double kbps(long bytes) {
            return bytes * 8 / 20.0 / heard.frames();
        }
    }

    private static Run run(long seed, LinkConfig down, LinkConfig speakersUp, OfferDialect dialect) {
        SimCall call = new SimCall(seed, LinkConfig.perfect().withDelayMs(10));
        SimBrowser alice = call.join(Publishing.voice());
        call.link(FAR);
        SimBrowser bob = call.join(Publishing.nothing(), dialect, OfferBuilder.page(call.limits()));
        call.run(2);
        bob.client().net().path().configure(FAR, down, call.nowNs());
        alice.client().net().path().configure(speakersUp, LinkConfig.perfect().withDelayMs(10), call.nowNs());
        alice.speak(true, 2 * SECONDS);
        long startNs = call.nowNs();
        call.run(SECONDS);
        SyntheticStream voice = alice.microphone().stream();
        long copied = call.server().count(SfuCounter.RED_COPIED);
        long sent = call.server().count(SfuCounter.RTP_FORWARDED_BYTES_AUDIO);
        call.run(1);
        SpeechWitness.Heard heard = bob.speech()
                .heard(
                        voice,
                        startNs + LEARNING_SECONDS * SimCall.SECOND_NS,
                        startNs + SECONDS * SimCall.SECOND_NS,
                        LATE_NS);
        call.end();
        return new Run(heard, heard.percent(heard.red()), sent, copied);
    }

    /// The mean over all seeds; the worst of them must have so many percent.
    private static Run seeds(int count, double each, LinkConfig down, OfferDialect dialect) {
        LinkConfig up = LinkConfig.perfect().withDelayMs(10);
        Run all = Fuzz.seeds(count)
                .mapToObj(seed -> {
                    Run run = run(seed, down, up, dialect);
                    assertThat(run.worst)
                            .as("seed " + seed + " of " + run.heard)
                            .isGreaterThanOrEqualTo(each);
                    return run;
                })
                .reduce(Run::plus)
                .orElseThrow();
        assertThat(all.heard.frames()).isGreaterThan(49L * count * (SECONDS - LEARNING_SECONDS));
        return all;
    }

    @Test
    void speechUnderThirtyPercentOfLossIsWholeForWhoeverReadsRed() {
        Run all = seeds(20, 98, FAR.withLoss(0.3), OfferDialect.chromium());
        all.print("30 % random loss, RED");
        assertThat(all.heard.percent(all.heard.red())).isGreaterThanOrEqualTo(99);
        assertThat(all.heard.percent(all.heard.plain())).isLessThan(75);
    }

    @Test
    void whoeverDoesNotReadRedGetsNone() {
        Run all = seeds(4, 60, FAR.withLoss(0.3), OfferDialect.chromium().withoutRed());
        all.print("30 % random loss, no RED");
        assertThat(all.copiedBytes).isZero();
        assertThat(all.heard.red()).isEqualTo(all.heard.plain());
        assertThat(all.heard.percent(all.heard.fec())).isBetween(88.0, 94.0);
    }

    @Test
    void burstsAreMendedAsFarAsCopiesReach() {
        for (double burst : new double[] {2, 4}) {
            Run all = seeds(4, 50, FAR.withLoss(0.1, burst), OfferDialect.chromium());
            all.print("10 % loss in bursts of " + burst + ", RED");
            assertThat(all.heard.red()).isGreaterThan(all.heard.fec());
        }
    }

    @Test
    void nothingIsCopiedWhereNothingIsLost() {
        Run all = seeds(2, 100, FAR, OfferDialect.chromium());
        all.print("no loss, RED");
        assertThat(all.copiedBytes).isZero();
    }

    /// The speaker's browser repeats each frame once, so that what is lost on its way comes with the next.
    @Test
    void whatTheSpeakersWayLosesIsMadeAgainForThoseWhoReadNoRed() {
        LinkConfig up = LinkConfig.perfect().withDelayMs(10).withLoss(0.2);
        Run run = run(1, FAR, up, OfferDialect.chromium().withoutRed());
        run.print("20 % random loss on the speaker's way, no RED for the listener");
        assertThat(run.heard.percent(run.heard.plain())).isGreaterThan(94);
    }
}
