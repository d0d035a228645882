package dev.parley.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A program of the system's that a test uses where it is there.
record Tool(String program) {
    /// What a run of it said, both streams in one.
    record Said(int exitCode, String text) {}

    private static final List<String> MORE_FOLDERS = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/sbin");

    /// Skips the test, with the reason, where the program is not there.
    static Tool need(String program) {
        List<String> folders =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
        folders.addAll(MORE_FOLDERS);
        for (String folder : folders) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return new Tool(file.toString());
            }
        }
        Assumptions.abort("no " + program + " here");
        throw new IllegalStateException("aborted");
    }

    Said run(String... arguments) throws IOException, InterruptedException {
        return run(60, arguments);
    }

    Said run(int seconds, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(List.of(arguments));
        Path out = Files.createTempFile("said", ".txt");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " took longer than " + seconds + " s: " + Files.readString(out));
            }
            return new Said(process.exitValue(), Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }
}
