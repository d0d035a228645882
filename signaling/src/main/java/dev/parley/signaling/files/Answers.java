package dev.parley.signaling.files;

import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for what the database says, on threads that may wait.
final class Answers {
    private static final long WAIT_S = 15;

    private Answers() {}

    static <T> T of(CompletionStage<T> asked) {
        try {
            return asked.toCompletableFuture().get(WAIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FileRefusal refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof Refusal refusal) {
                boolean stranger = refusal.code() == RefusalCode.UNAUTHORIZED;
                throw new FileRefusal(stranger ? FileFault.UNAUTHORIZED : FileFault.UNAVAILABLE, refusal.detail());
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            throw new FileRefusal(FileFault.UNAVAILABLE, "the database does not keep up; try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileRefusal(FileFault.UNAVAILABLE, "the server is stopping");
        }
    }
}
