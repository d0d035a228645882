package dev.parley.sfu.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a Java program in a network namespace whose interfaces a test makes: nothing of the machine is touched. Linux
/// with `unshare` and `ip` only.
final class NetworkOfItsOwn {
    private static final List<List<String>> WAYS = List.of(List.of("unshare", "-n"), List.of("unshare", "-rn"));
    private static final long LIMIT_SECONDS = 60;

    private final List<String> way;
    private final String interfaces;

    private NetworkOfItsOwn(List<String> way, String interfaces) {
        this.way = way;
        this.interfaces = interfaces;
    }

    /// Null where the system does not let us make one.
    ///
    /// @param interfaces commands of a shell
    static @Nullable NetworkOfItsOwn with(String interfaces) throws IOException, InterruptedException {
        for (List<String> way : WAYS) {
            NetworkOfItsOwn network = new NetworkOfItsOwn(way, interfaces);
            if (network.works()) {
                return network;
            }
        }
        return null;
    }

    private boolean works() throws InterruptedException {
        try {
            return start(List.of("true")).waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command here
        }
    }

    /// What the program printed; fails when it did not end well.
    String run(Class<?> program) throws IOException, InterruptedException {
        Process process = start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(printed);
        }
        return printed;
    }

    private Process start(List<String> command) throws IOException {
        List<String> all = new ArrayList<>(way);
        all.addAll(List.of("sh", "-c", interfaces + " && exec \"$@\"", "sh"));
        all.addAll(command);
        return new ProcessBuilder(all).redirectErrorStream(true).start();
    }
}
