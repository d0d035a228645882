package dev.parley.bench.room;

import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Neighbours;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.ProcFiles;
import dev.parley.bench.report.Reporting;
import dev.parley.bench.report.Result;
import dev.parley.bench.synth.Crowd;
import dev.parley.bench.synth.HttpDoor;
import dev.parley.bench.synth.Participant;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench viewers`: one publisher by WHIP and many viewers by WHEP; what a packet costs the whole server and how long
/// it is under way, and whether the last viewer costs more to let in than the first.
@Command(name = "viewers", description = "One publisher and many viewers: cost and delay of a packet, cost of a join.")
public final class Viewers implements Callable<Integer> {
    /// Joins measured together.
    private static final int JOINS = 20;

    private static final int WARM_UP_JOINS = 300;
    private static final int LISTENED_ONE_IN = 20;
    private static final Publishing PICTURE = Publishing.page().silent();

    @Mixin
    private Reporting reporting = new Reporting();

    @Option(names = "--viewers", description = "who receive 1 Mbit/s; default ${DEFAULT-VALUE}")
    private int viewers = 200;

    @Option(
            names = "--joins",
            description = "viewers of one room, the last of whom is compared; default ${DEFAULT-VALUE}")
    private int joins = 300;

    @Option(names = "--seconds", description = "of measuring, warm-up beside it; default ${DEFAULT-VALUE}")
    private int seconds = 10;

    @Option(names = "--warm-up", description = "seconds; default ${DEFAULT-VALUE}")
    private int warmUp = 20;

    @Option(names = "--server", description = "the server's jar; default ${DEFAULT-VALUE}")
    private Path server = Path.of(System.getProperty("parley.root", "."), "signaling", "target", "parley.jar");

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(viewers >= 1 && viewers <= 2_000, "--viewers must be 1 to 2000, got " + viewers);
        require(joins >= 2 * JOINS && joins <= 2_000, "--joins must be " + 2 * JOINS + " to 2000, got " + joins);
        Machine machine = Machine.here();
        Pinning pinning = reporting.pin(machine);
        try (ServerProcess process = new ServerProcess(ServerProcess.jar(server), 1, pinning)) {
            Neighbours neighbours = new Neighbours();
            Map<String, @Nullable Object> joining = joining(process);
            Result result = new Result("viewers", machine, neighbours);
            watching(process, result);
            reporting.tell(result.put("joins", joining));
        }
        return 0;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static HttpDoor door(ServerProcess process, String way, String room) {
        return new HttpDoor(process.client(), URI.create(process.http() + "/" + way + "/" + room));
    }

    private static void publish(Crowd crowd, ServerProcess process, String room, Publishing publishing) {
        OfferBuilder offer = new OfferBuilder().microphone().camera();
        crowd.join("alice", publishing, offer, door(process, "whip", room));
    }

    private static void watch(Crowd crowd, ServerProcess process, String room, int count) {
        for (int i = 0; i < count; i++) {
            String name = "viewer " + crowd.here().size();
            crowd.join(name, Publishing.nothing(), new OfferBuilder().pairs(1), door(process, "whep", room));
        }
    }

    // ---- joining ----

    /// The publisher sends next to nothing, so that what is measured is joining.
    private Map<String, @Nullable Object> joining(ServerProcess process) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(1)) {
            publish(crowd, process, "warm-up", Publishing.thin().silent());
            watch(crowd, process, "warm-up", WARM_UP_JOINS);
        }
        try (Crowd crowd = new Crowd(2)) {
            publish(crowd, process, "joins", Publishing.thin().silent());
            double first = joinMs(crowd, process);
            watch(crowd, process, "joins", joins - 2 * JOINS);
            double last = joinMs(crowd, process);
            System.out.printf(
                    "a join costs the server %.2f ms of processor among the first %d, %.2f ms up to the %dth: ratio %.2f%n",
                    first, JOINS, last, joins, last / first);
            Map<String, @Nullable Object> joining = new LinkedHashMap<>();
            joining.put("n", joins);
            joining.put("first_ms", Result.round(first, 2));
            joining.put("last_ms", Result.round(last, 2));
            joining.put("ratio", Result.round(last / first, 2));
            return joining;
        }
    }

    /// Processor time of a join, without what the room costs at rest and without the compiler's threads.
    private static double joinMs(Crowd crowd, ServerProcess process) throws InterruptedException {
        long beforeNs = ProcFiles.threadsCpuNs(process.pid());
        TimeUnit.SECONDS.sleep(2);
        double atRest = (ProcFiles.threadsCpuNs(process.pid()) - beforeNs) / 2e9;
        long startNs = System.nanoTime();
        long cpuNs = ProcFiles.threadsCpuNs(process.pid());
        watch(crowd, process, "joins", JOINS);
        long usedNs = ProcFiles.threadsCpuNs(process.pid()) - cpuNs;
        return (usedNs - atRest * (System.nanoTime() - startNs)) / 1e6 / JOINS;
    }

    // ---- watching ----

    private void watching(ServerProcess process, Result result) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(3)) {
            publish(crowd, process, "watching", PICTURE);
            watch(crowd, process, "watching", viewers);
            TimeUnit.SECONDS.sleep(warmUp);
            Figures latencyMs = new Figures();
            for (int i = 1; i <= viewers; i += LISTENED_ONE_IN) {
                crowd.here().get(i).onLatency(ns -> latencyMs.add(ns / 1e6));
            }
            long gotBefore = got(crowd);
            long sentBefore = sent(crowd);
            double cpu = ProcFiles.cpuSeconds(process.pid());
            TimeUnit.SECONDS.sleep(seconds);
            double used = ProcFiles.cpuSeconds(process.pid()) - cpu;
            crowd.here().forEach(viewer -> viewer.onLatency(_ -> {}));
            long got = got(crowd) - gotBefore;
            long due = (sent(crowd) - sentBefore) * viewers;
            tell(result, used * 1e6 / got, latencyMs, Math.max(0, 1 - (double) got / due), used / seconds);
        }
    }

    private void tell(Result result, double usPerPacket, Figures latencyMs, double loss, double cores) {
        System.out.printf(
                "%d viewers: %.2f us of processor a packet, %.2f cores; latency %.2f ms (p50), %.2f ms (p99); loss %.5f%n",
                viewers, usPerPacket, cores, latencyMs.median(), latencyMs.quantile(0.99), loss);
        Map<String, @Nullable Object> latency = new LinkedHashMap<>();
        latency.put("p50", Result.round(latencyMs.median(), 2));
        latency.put("p99", Result.round(latencyMs.quantile(0.99), 2));
        latency.put("max", Result.round(latencyMs.quantile(1), 2));
        result.put("viewers", viewers)
                .put("us_per_packet", usPerPacket, 2)
                .put("server_cores", cores, 2)
                .put("latency_ms", latency)
                .put("loss", loss, 5);
    }

    private static long got(Crowd crowd) {
        return crowd.here().stream()
                .mapToLong(p -> p.ask(() -> p.media().receiver().packets()))
                .sum();
    }

    private static long sent(Crowd crowd) {
        Participant publisher = crowd.here().getFirst();
        return publisher.ask(() -> {
            long sent = 0;
            for (var stream : publisher.media().publisher().streams()) {
                sent += stream.sent();
            }
            return sent;
        });
    }
}
