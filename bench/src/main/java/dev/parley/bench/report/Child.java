package dev.parley.bench.report;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of ours that is talked to by lines. Ends when it is closed. Used from one thread.
public final class Child implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    public Child(List<String> command) throws IOException {
        this(command, Redirect.INHERIT);
    }

    /// @param errors where its standard error goes
    public Child(List<String> command, Redirect errors) throws IOException {
        this.process = new ProcessBuilder(command).redirectError(errors).start();
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    /// The program that runs this process.
    public static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    /// The command line of another Java process with this one's classes.
    public static List<String> java(Class<?> main, String... words) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(words));
        return command;
    }

    public long pid() {
        return process.pid();
    }

    public void say(String line) {
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads up to a line that begins so, and returns the rest of it.
    ///
    /// @throws IllegalStateException when the process ends before
    public String expect(String begin) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(begin)) {
                    return line.substring(begin.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the process ended before it said " + begin);
    }

    /// Asks it to end, for one that does not look at its standard input.
    public void terminate() {
        process.destroy();
        close();
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
