package dev.parley.bench.forward;

import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Neighbours;
import dev.parley.bench.report.Reporting;
import dev.parley.bench.report.Result;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench forged`: alternates slices of a publisher's packets and of packets with a wrong tag from the same address,
/// and
/// tells what each costs the media loop. The good ones go to a single subscriber, where they are cheapest.
@Command(name = "forged", description = "What a packet with a wrong tag costs the media loop, beside a good one.")
public final class Forged implements Callable<Integer> {
    private static final int SLICE_MS = 400;

    /// Packets that come at once, so that what is measured is not the waking of a thread.
    private static final int GROUP = 16;

    @Mixin
    private Reporting reporting = new Reporting();

    @Option(names = "--bytes", description = "of RTP payload; default ${DEFAULT-VALUE}")
    private int bytes = 1_200;

    @Option(names = "--rate", description = "packets a second that come; default ${DEFAULT-VALUE}")
    private int rate = 8_000;

    @Option(names = "--seconds", description = "of measuring, warm-up beside it; default ${DEFAULT-VALUE}")
    private int seconds = 15;

    @Option(names = "--warm-up", description = "seconds; default ${DEFAULT-VALUE}")
    private int warmUp = 10;

    @Override
    public Integer call() throws IOException {
        ForwardSize size = new ForwardSize("video", bytes, 1, GROUP, rate);
        Machine machine = Machine.here();
        try (ForwardRig rig = new ForwardRig(size, reporting.pin(machine))) {
            run(rig, warmUp, () -> rig.slice(packets()), new Figures());
            Neighbours neighbours = new Neighbours();
            Figures forged = new Figures();
            run(rig, seconds, () -> rig.measure(packets()), forged);
            tell(new Result("forged", machine, neighbours), rig, forged);
        }
        return 0;
    }

    private int packets() {
        return Math.max(GROUP, rate * SLICE_MS / 1_000);
    }

    private void run(ForwardRig rig, int seconds, Runnable good, Figures forged) {
        long endNs = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < endNs) {
            good.run();
            forged.add(rig.forged(packets()));
        }
    }

    private void tell(Result result, ForwardRig rig, Figures forged) {
        double good = rig.usPerPacket().median();
        double ratio = forged.median() / good;
        System.out.printf(
                "%d bytes: %.2f us for a packet to one subscriber, %.2f us for a forged one: ratio %.2f; loss %.6f%n",
                bytes, good, forged.median(), ratio, rig.loss());
        reporting.tell(result.put("bytes", bytes)
                .put("profile", rig.profile().name())
                .put("good_us", good, 3)
                .put("forged_us", forged.median(), 3)
                .put("ratio", ratio, 2)
                .put("loss", rig.loss(), 6));
    }
}
