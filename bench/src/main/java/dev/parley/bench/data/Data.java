package dev.parley.bench.data;

import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.Reporting;
import dev.parley.bench.room.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench data`: what one association carries and costs, and how soon a room full of people has what one of them says.
@Command(name = "data", description = "Data channels: one association's bytes; a room that chats.")
public final class Data implements Callable<Integer> {
    private static final int MESSAGE_BYTES_MAX = 256 * 1024;
    private static final int MEGABYTE = 1_000_000;

    /// What can be measured by itself.
    enum Case {
        ASSOCIATION,
        CHAT
    }

    @Mixin
    private Reporting reporting = new Reporting();

    @Option(names = "--case", split = ",", description = "association, chat; default both")
    private Set<Case> cases = EnumSet.allOf(Case.class);

    @Option(names = "--bytes", split = ",", description = "of a message of the association; default ${DEFAULT-VALUE}")
    private List<Integer> bytes = List.of(16 * 1024, 1024);

    @Option(names = "--megabytes", description = "of one transfer; default ${DEFAULT-VALUE}")
    private int megabytes = 16;

    @Option(names = "--people", description = "who chat; default ${DEFAULT-VALUE}")
    private int people = 300;

    @Option(names = "--rate", description = "messages a second, of all together; default ${DEFAULT-VALUE}")
    private int rate = 10;

    @Option(names = "--seconds", description = "of measuring, warm-up beside it; default ${DEFAULT-VALUE}")
    private int seconds = 20;

    @Option(names = "--warm-up", description = "seconds; default ${DEFAULT-VALUE}")
    private int warmUp = 15;

    @Option(names = "--server", description = "the server's jar; default ${DEFAULT-VALUE}")
    private Path server = Path.of(System.getProperty("parley.root", "."), "signaling", "target", "parley.jar");

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (int size : bytes) {
            require(size >= 16 && size <= MESSAGE_BYTES_MAX, "--bytes must be 16 to 262144, got " + size);
        }
        require(megabytes >= 1 && megabytes <= 1_000, "--megabytes must be 1 to 1000, got " + megabytes);
        require(people >= 2 && people <= 500, "--people must be 2 to 500, got " + people);
        require(rate >= 1 && rate <= 200, "--rate must be 1 to 200, got " + rate);
        Machine machine = Machine.here();
        Pinning pinning = reporting.pin(machine);
        if (cases.contains(Case.ASSOCIATION)) {
            new AssociationCase(bytes, megabytes * MEGABYTE, warmUp, seconds).run(machine, pinning, reporting::tell);
        }
        if (cases.contains(Case.CHAT)) {
            new ChatCase(ServerProcess.jar(server), people, rate, warmUp, seconds)
                    .run(machine, pinning, reporting::tell);
        }
        return 0;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
