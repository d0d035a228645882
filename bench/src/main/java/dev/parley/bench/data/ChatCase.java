package dev.parley.bench.data;

import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.MeasuredThread;
import dev.parley.bench.report.Neighbours;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.ProcFiles;
import dev.parley.bench.report.Result;
import dev.parley.bench.room.Scrape;
import dev.parley.bench.room.ServerProcess;
import dev.parley.bench.synth.Crowd;
import dev.parley.bench.synth.Door;
import dev.parley.bench.synth.Pace;
import dev.parley.bench.synth.Participant;
import dev.parley.bench.synth.SocketDoor;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A room of a whole server in which people chat, one after the other, and nobody sends media: each message goes up a
/// data channel, is stored, and goes down the data channels of all. One thread.
///
/// @param server its program, as `ServerProcess` takes it
/// @param rate messages a second, of all together
record ChatCase(List<String> server, int people, int rate, int warmUpSeconds, int seconds) {
    private static final int REST_SECONDS = 3;
    private static final long PATIENCE_SECONDS = 60;

    void run(Machine machine, Pinning pinning, Consumer<Result> results) throws IOException, InterruptedException {
        int warmUp = warmUpSeconds * rate;
        ChatLog log = new ChatLog(people, warmUp + seconds * rate);
        try (ServerProcess process = new ServerProcess(server, 1, pinning);
                Crowd crowd = new Crowd(1)) {
            List<ChatPerson> persons = enter(crowd, process, log);
            Meter meter = new Meter(process, new MeasuredThread(MeasuredThread.PARTICIPANTS));
            talk(persons, 0, warmUp);
            meter.start();
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            Used rest = meter.used();
            Neighbours neighbours = new Neighbours();
            meter.start();
            talk(persons, warmUp, seconds * rate);
            Used used = meter.used();
            ChatLog.Talk talk = settled(crowd.here().getFirst(), log, warmUp, warmUp + seconds * rate);
            results.accept(result(new Result("data", machine, neighbours), talk, used, rest));
        }
    }

    private List<ChatPerson> enter(Crowd crowd, ServerProcess process, ChatLog log) {
        Door door = new SocketDoor(process.client(), process.http(), "bench");
        List<ChatPerson> persons = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            ChatPerson person = new ChatPerson(i, log);
            Participant self =
                    crowd.join("person " + i, Publishing.nothing(), new OfferBuilder().pairs(1), door, person);
            person.open(self);
            persons.add(person);
        }
        persons.forEach(person ->
                person.here().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
        return persons;
    }

    /// Everybody speaks in turn.
    private void talk(List<ChatPerson> persons, int from, int count) {
        new Pace(rate, 1).run(count, i -> persons.get((from + i) % people).say(from + i));
    }

    /// What is late comes within a time in which any retransmission would have, or never.
    private static ChatLog.Talk settled(Participant any, ChatLog log, int from, int to) throws InterruptedException {
        ChatLog.Talk talk = any.ask(() -> log.talk(from, to));
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (talk.lost() > 0 && System.nanoTime() < endNs) {
            TimeUnit.MILLISECONDS.sleep(100);
            talk = any.ask(() -> log.talk(from, to));
        }
        return talk;
    }

    // ---- what it used ----

    /// @param seconds of wall time
    /// @param serverNs of all threads of the server but those that compile
    /// @param clientNs of the thread of all participants
    /// @param waitedNs that both were ready and others had the cores
    private record Used(
            double seconds, long serverNs, long clientNs, long waitedNs, double commits, double commitSeconds) {
        double serverCores() {
            return serverNs / seconds / 1e9;
        }

        double clientCores() {
            return clientNs / seconds / 1e9;
        }

        double commitMs() {
            return commitSeconds / commits * 1e3;
        }
    }

    private static final class Meter {
        private final ServerProcess server;
        private final MeasuredThread clients;
        private long startNs;
        private long serverNs;
        private long clientNs;
        private long waitedNs;
        private Scrape scrape;

        Meter(ServerProcess server, MeasuredThread clients) {
            this.server = server;
            this.clients = clients;
            this.scrape = server.scrape();
        }

        void start() {
            scrape = server.scrape();
            startNs = System.nanoTime();
            serverNs = ProcFiles.threadsCpuNs(server.pid());
            clientNs = clients.cpuNs();
            waitedNs = waited();
        }

        private long waited() {
            return ProcFiles.threadsWaitedNs(server.pid())
                    + ProcFiles.waitedNs(clients.kernelId().orElse(0));
        }

        Used used() {
            double seconds = (System.nanoTime() - startNs) / 1e9;
            long server = ProcFiles.threadsCpuNs(this.server.pid()) - serverNs;
            long client = clients.cpuNs() - clientNs;
            long waiting = waited() - waitedNs;
            Scrape now = this.server.scrape();
            return new Used(
                    seconds,
                    server,
                    client,
                    waiting,
                    now.sum("parley_store_commit_seconds_count") - scrape.sum("parley_store_commit_seconds_count"),
                    now.sum("parley_store_commit_seconds_sum") - scrape.sum("parley_store_commit_seconds_sum"));
        }
    }

    // ---- what is told ----

    private Result result(Result result, ChatLog.Talk talk, Used used, Used rest) {
        double deliveries = talk.heardMs().size() / used.seconds();
        double serverUs = (used.serverCores() - rest.serverCores()) * 1e6 / deliveries;
        double clientUs = (used.clientCores() - rest.clientCores()) * 1e6 / deliveries;
        double waitedMs = used.waitedNs() / 1e6 / used.seconds() / rate;
        System.out.printf(
                "%d people, %d messages a second: delivered after %.1f ms (p50), %.1f ms (p99), %.1f ms (max), stored "
                        + "after %.1f ms; %d of %d lost; %.2f cores of the server (%.2f at rest), %.1f us a delivery; "
                        + "others had the cores for %.1f ms a message%n",
                people,
                rate,
                talk.heardMs().median(),
                talk.heardMs().quantile(0.99),
                talk.heardMs().quantile(1),
                talk.storedMs().median(),
                talk.lost(),
                talk.due(),
                used.serverCores(),
                rest.serverCores(),
                serverUs,
                waitedMs);
        return result.put("case", "chat")
                .put("people", people)
                .put("messages_per_second", rate)
                .put("delivery_ms", spread(talk.heardMs()))
                .put("stored_ms", spread(talk.storedMs()))
                .put("commit_ms", used.commitMs(), 2)
                .put("waited_ms_per_message", waitedMs, 1)
                .put("due", talk.due())
                .put("lost", talk.lost())
                .put("twice", talk.twice())
                .put("refused", talk.refused())
                .put("server_cores", used.serverCores(), 3)
                .put("server_cores_at_rest", rest.serverCores(), 3)
                .put("server_us_per_delivery", serverUs, 1)
                .put("client_us_per_delivery", clientUs, 1);
    }

    private static Map<String, @Nullable Double> spread(Figures figures) {
        Map<String, @Nullable Double> spread = new LinkedHashMap<>();
        spread.put("p50", Result.round(figures.median(), 2));
        spread.put("p99", Result.round(figures.quantile(0.99), 2));
        spread.put("max", Result.round(figures.quantile(1), 2));
        return spread;
    }
}
