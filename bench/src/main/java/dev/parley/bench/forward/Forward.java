package dev.parley.bench.forward;

import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Neighbours;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.Reporting;
import dev.parley.bench.report.Result;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench forward`: alternates slices of the server and of the C floor, and tells what a packet costs each.
@Command(name = "forward", description = "What one forwarded packet costs the media loop, beside a C program.")
public final class Forward implements Callable<Integer> {
    private static final int SLICE_MS = 400;

    @Mixin
    private Reporting reporting = new Reporting();

    @Option(names = "--kind", description = "video or audio; default ${DEFAULT-VALUE}")
    private String kind = "video";

    @Option(names = "--bytes", description = "of RTP payload; default ${DEFAULT-VALUE}")
    private int bytes = 1_200;

    @Option(names = "--destinations", description = "subscribers; default ${DEFAULT-VALUE}")
    private int destinations = 100;

    @Option(names = "--group", description = "packets that come at once; default ${DEFAULT-VALUE}")
    private int group = 1;

    @Option(names = "--rate", description = "packets a second that come; default ${DEFAULT-VALUE}")
    private int rate = 300;

    @Option(names = "--seconds", description = "of measuring, warm-up beside it; default ${DEFAULT-VALUE}")
    private int seconds = 15;

    @Option(names = "--warm-up", description = "seconds; default ${DEFAULT-VALUE}")
    private int warmUp = 10;

    @Option(names = "--floor", hidden = true)
    private @Nullable String floorProgram;

    @Option(names = "--no-floor", hidden = true)
    private String noFloor = "it was not built";

    @Override
    public Integer call() throws IOException {
        ForwardSize size = new ForwardSize(kind, bytes, destinations, group, rate);
        Machine machine = Machine.here();
        Pinning pinning = reporting.pin(machine);
        String program = floorProgram;
        try (Floor floor = program == null ? null : new Floor(program, destinations, pinning);
                ForwardRig rig = new ForwardRig(size, pinning)) {
            CryptoCost crypto = new CryptoCost(rig.profile(), destinations, bytes);
            int packets = Math.max(group, rate * SLICE_MS / 1_000);
            run(rig, floor, crypto, packets, warmUp, false);
            Neighbours neighbours = new Neighbours();
            run(rig, floor, crypto, packets, seconds, true);
            tell(machine, neighbours, size, rig, floor, crypto);
        }
        return 0;
    }

    private static void run(
            ForwardRig rig, @Nullable Floor floor, CryptoCost crypto, int packets, int seconds, boolean measured) {
        long endNs = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < endNs) {
            if (measured) {
                rig.measure(packets);
            } else {
                rig.slice(packets);
            }
            if (floor != null) {
                Floor.Mark before = floor.mark();
                rig.slice(floor, packets);
                if (measured) {
                    floor.measured(before, floor.mark());
                }
            }
            crypto.measure();
        }
    }

    private void tell(
            Machine machine,
            Neighbours neighbours,
            ForwardSize size,
            ForwardRig rig,
            @Nullable Floor floor,
            CryptoCost crypto) {
        Figures own = rig.usPerPacket();
        Figures c = floor == null ? null : floor.usPerPacket();
        double ratio = c == null ? Double.NaN : own.median() / c.median();
        double kernel = rig.kernelShare();
        double cipher = crypto.usPerPacket().median() / own.median();
        System.out.printf(
                "%d bytes to %d: %.2f us a packet (%.2f to %.2f); kernel %.0f %%, crypto %.0f %%, own %.0f %%; "
                        + "%.0f bytes allocated a packet; loss %.6f%n",
                size.bytes(),
                size.destinations(),
                own.median(),
                own.quantile(0),
                own.quantile(0.9),
                kernel * 100,
                cipher * 100,
                (1 - kernel - cipher) * 100,
                rig.allocatedPerPacket(),
                rig.loss());
        System.out.println(
                c == null
                        ? "no ratio to C: " + noFloor
                        : "C does it in %.2f us (%.2f): ratio %.2f".formatted(c.median(), c.quantile(0), ratio));
        reporting.tell(result(machine, neighbours, size, rig, c, ratio, kernel, cipher));
    }

    private static Result result(
            Machine machine,
            Neighbours neighbours,
            ForwardSize size,
            ForwardRig rig,
            @Nullable Figures c,
            double ratio,
            double kernel,
            double cipher) {
        return new Result("forward", machine, neighbours)
                .put("kind", size.kind())
                .put("bytes", size.bytes())
                .put("destinations", size.destinations())
                .put("group", size.group())
                .put("loops", 1)
                .put("profile", rig.profile().name())
                .put("cipher", "sunjce")
                .put("io", rig.transport().equals("epoll") ? "netty" : "nio")
                .put("us_per_packet", spread(rig.usPerPacket(), true))
                .put("c_us_per_packet", c == null ? null : spread(c, false))
                .put("ratio", ratio, 2)
                .put("share", share(kernel, cipher))
                .put("alloc_bytes_per_packet", rig.allocatedPerPacket(), 0)
                .put("loss", rig.loss(), 6);
    }

    private static Map<String, @Nullable Double> spread(Figures figures, boolean upper) {
        Map<String, @Nullable Double> spread = new LinkedHashMap<>();
        spread.put("min", Result.round(figures.quantile(0), 3));
        spread.put("median", Result.round(figures.median(), 3));
        if (upper) {
            spread.put("p90", Result.round(figures.quantile(0.9), 3));
        }
        return spread;
    }

    private static Map<String, @Nullable Double> share(double kernel, double cipher) {
        Map<String, @Nullable Double> share = new LinkedHashMap<>();
        share.put("kernel", Result.round(kernel, 2));
        share.put("crypto", Result.round(cipher, 2));
        share.put("own", Result.round(1 - kernel - cipher, 2));
        return share;
    }
}
