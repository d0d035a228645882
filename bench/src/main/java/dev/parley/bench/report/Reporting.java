package dev.parley.bench.report;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options that all benches have: where their results are kept, and who runs where.
public final class Reporting {
    @Option(names = "--results", description = "the file that results are added to; default ${DEFAULT-VALUE}")
    private Path results = Path.of(System.getProperty("parley.root", "."), "bench", "results.jsonl");

    @Option(names = "--no-pinning", description = "nobody gets a core of its own")
    private boolean unpinned;

    /// Keeps this process off the core of what is measured.
    public Pinning pin(Machine machine) {
        Pinning pinning = new Pinning(unpinned ? 1 : machine.cores());
        pinning.rest();
        return pinning;
    }

    public void tell(Result result) {
        result.tell(results);
    }
}
