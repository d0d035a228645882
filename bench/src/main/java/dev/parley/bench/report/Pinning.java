package dev.parley.bench.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Gives what is measured a core of its own, the first one, and all else the others. Does nothing on one core, or
/// without `taskset`.
public final class Pinning {
    private final boolean possible;
    private final String others;

    public Pinning(int cores) {
        this.others = "1-" + (cores - 1);
        this.possible = cores > 1 && run("taskset", "--version");
    }

    /// All threads of this process, and the processes that it starts, stay off the measured core.
    public void rest() {
        if (possible) {
            run(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    others,
                    Long.toString(ProcessHandle.current().pid()));
        }
    }

    /// One thread of this process gets the measured core.
    public void measured(long thread) {
        if (possible) {
            run("taskset", "-c", "-p", "0", Long.toString(thread));
        }
    }

    /// The command line that runs a program on the measured core.
    public List<String> measured(List<String> command) {
        List<String> pinned = new ArrayList<>(possible ? List.of("taskset", "-c", "0") : List.of());
        pinned.addAll(command);
        return pinned;
    }

    public boolean possible() {
        return possible;
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
