package dev.parley.bench.forward;

import dev.parley.bench.synth.Door;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The way into an engine of the process that started this one: offer and answer pass by standard output and input, a
/// line each.
record PipeDoor(BufferedReader in, PrintStream out) implements Door {
    static final String OFFER = "OFFER ";
    static final String ANSWER = "ANSWER ";

    static String encode(String sdp) {
        return Base64.getEncoder().encodeToString(sdp.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<Admitted> enter(Visitor visitor) {
        out.println(OFFER + encode(visitor.offer()));
        try {
            String line = in.readLine();
            if (line == null || !line.startsWith(ANSWER)) {
                throw new IOException("no answer came but: " + line);
            }
            return CompletableFuture.completedFuture(new Admitted(decode(line.substring(ANSWER.length())), () -> {}));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
