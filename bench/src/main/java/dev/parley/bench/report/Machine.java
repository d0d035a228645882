package dev.parley.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What every result says of where it was measured.
///
/// @param commit null outside a git work tree
public record Machine(@Nullable String commit, String cpu, int cores, String jdk) {
    private static final int COMMIT_CHARACTERS = 12;

    public static Machine here() {
        return new Machine(findCommit(), findCpu(), findCores(), System.getProperty("java.version", "unknown"));
    }

    private static @Nullable String findCommit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short=" + COMMIT_CHARACTERS, "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? said.strip() : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static String findCpu() {
        return processors().stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch", "unknown"));
    }

    /// All that there are, whichever of them this process may use.
    private static int findCores() {
        int listed = (int) processors().stream()
                .filter(line -> line.startsWith("processor"))
                .count();
        return listed > 0 ? listed : Runtime.getRuntime().availableProcessors();
    }

    private static List<String> processors() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
