package dev.parley.bench;

import dev.parley.bench.data.Data;
import dev.parley.bench.forward.Forged;
import dev.parley.bench.forward.Forward;
import dev.parley.bench.room.People;
import dev.parley.bench.room.Viewers;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The benches that run against a whole engine or server. Exit codes: 0 measured, 1 could not, 2 wrong arguments.
@Command(
        name = "bench",
        description = "Measures, and says it in lines that begin RESULT.",
        subcommands = {Data.class, Forward.class, Forged.class, People.class, Viewers.class})
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(line().execute(arguments));
    }

    /// One line for a wrong argument, not a page.
    static CommandLine line() {
        return new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((fault, _) -> {
                    fault.getCommandLine().getErr().println("parley: bench: " + fault.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((fault, command, _) -> {
                    command.getErr().println("parley: bench " + command.getCommandName() + ": " + causes(fault));
                    boolean wrongArgument = fault instanceof IllegalArgumentException;
                    return wrongArgument ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static String causes(Throwable fault) {
        Throwable cause = fault.getCause();
        String more = cause == null || cause.getMessage() == null ? "" : ": " + causes(cause);
        return fault.getMessage() + more;
    }
}
