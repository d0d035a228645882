package dev.parley.bench.room;

import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Neighbours;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.ProcFiles;
import dev.parley.bench.report.Reporting;
import dev.parley.bench.report.Result;
import dev.parley.bench.synth.Crowd;
import dev.parley.bench.synth.Door;
import dev.parley.bench.synth.Participant;
import dev.parley.bench.synth.SocketDoor;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.Section;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench people`: a meeting as our page has it, everyone with camera and microphone; how long the server keeps
/// packets,
/// what it loses and what it uses.
@Command(name = "people", description = "A meeting: what the server adds, loses and uses.")
public final class People implements Callable<Integer> {
    private static final long LIVE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final double MIB = 1024 * 1024;
    private static final String DELAY = "parley_forward_delay_seconds";

    /// Why a packet that was meant for somebody did not get to the kernel, or not out of it.
    private static final List<String> LOST =
            List.of("send_blocked", "send_failed", "send_no_socket", "send_too_long", "hand_over_full", "kernel");

    @Mixin
    private Reporting reporting = new Reporting();

    @Option(names = "--people", description = "default ${DEFAULT-VALUE}")
    private int people = 30;

    @Option(names = "--seconds", description = "of measuring, warm-up beside it; default ${DEFAULT-VALUE}")
    private int seconds = 15;

    @Option(names = "--warm-up", description = "seconds; default ${DEFAULT-VALUE}")
    private int warmUp = 20;

    @Option(names = "--loops", description = "of the server; one has a core of its own; default ${DEFAULT-VALUE}")
    private int loops = 1;

    @Option(names = "--server", description = "the server's jar; default ${DEFAULT-VALUE}")
    private Path server = Path.of(System.getProperty("parley.root", "."), "signaling", "target", "parley.jar");

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (people < 2 || people > 500) {
            throw new IllegalArgumentException("--people must be 2 to 500, got " + people);
        }
        Machine machine = Machine.here();
        Pinning pinning = reporting.pin(machine);
        try (ServerProcess process = new ServerProcess(ServerProcess.jar(server), loops, pinning);
                Crowd crowd = new Crowd(1)) {
            long emptyBytes = ProcFiles.residentBytes(process.pid());
            Door door = new SocketDoor(process.client(), process.http(), "bench");
            for (int i = 0; i < people; i++) {
                crowd.join("person " + i, Publishing.page(), OfferBuilder.page(Limits.defaults()), door);
            }
            Thread.sleep(TimeUnit.SECONDS.toMillis(warmUp));
            Neighbours neighbours = new Neighbours();
            Scrape before = process.scrape();
            double cpu = ProcFiles.cpuSeconds(process.pid());
            Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
            double cores = (ProcFiles.cpuSeconds(process.pid()) - cpu) / neighbours.seconds();
            long bytes = ProcFiles.residentBytes(process.pid()) - emptyBytes;
            tell(new Result("people", machine, neighbours), crowd, process.scrape(), before, cores, bytes);
        }
        return 0;
    }

    private void tell(Result result, Crowd crowd, Scrape now, Scrape before, double cores, long bytes) {
        Scrape.Buckets delays = now.buckets(DELAY, before);
        double lost = lost(now) - lost(before);
        double forwarded =
                now.sum("parley_rtp_forwarded_packets_total") - before.sum("parley_rtp_forwarded_packets_total");
        double p50 = delays.quantile(0.5) * 1e3;
        double p99 = delays.quantile(0.99) * 1e3;
        int tiles = live(crowd, MediaKind.VIDEO);
        int voices = live(crowd, MediaKind.AUDIO);
        System.out.printf(
                "%d people, %d tiles and %d voices each: %.0f packets forwarded, %.0f lost by the server; added %.2f ms "
                        + "(p50), %.2f ms (p99); %.2f cores%n",
                people, tiles, voices, forwarded, lost, p50, p99, cores);
        result.put("people", people)
                .put("tiles", tiles)
                .put("voices", voices)
                .put("server_loss", lost / (forwarded + lost), 6)
                .put("added_ms", added(delays))
                .put("clock", "read")
                .put("server_cores", cores, 2)
                .put("rss_mib_per_person", bytes / MIB / people, 2);
        reporting.tell(result);
    }

    private static Map<String, @Nullable Double> added(Scrape.Buckets delays) {
        Map<String, @Nullable Double> added = new LinkedHashMap<>();
        added.put("p50", Result.round(delays.quantile(0.5) * 1e3, 3));
        added.put("p99", Result.round(delays.quantile(0.99) * 1e3, 3));
        added.put("max", Result.round(delays.max() * 1e3, 3));
        return added;
    }

    private static double lost(Scrape scrape) {
        return LOST.stream()
                .mapToDouble(reason -> scrape.of("parley_dropped_packets_total", "reason", reason))
                .sum();
    }

    /// In how many sections something came in the last second, to one in the middle.
    private static int live(Crowd crowd, MediaKind kind) {
        Figures counts = new Figures();
        for (Participant participant : crowd.here()) {
            counts.add(participant.ask(() -> live(participant, kind)));
        }
        return (int) counts.median();
    }

    private static int live(Participant participant, MediaKind kind) {
        int live = 0;
        for (Section section : participant.media().receiving()) {
            int ssrc = section.offeredSources().getFirst().ssrc();
            long lastNs = participant.media().receiver().lastPacketNs(ssrc);
            live += section.kind() == kind && lastNs != Long.MIN_VALUE && System.nanoTime() - lastNs < LIVE_NS ? 1 : 0;
        }
        return live;
    }
}
