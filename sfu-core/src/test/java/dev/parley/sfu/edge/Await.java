package dev.parley.sfu.edge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/// Waiting for loops in tests.
final class Await {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private Await() {}

    /// Runs on the loop and gives what came of it.
    static <T> T on(LoopRef loop, Function<MediaLoop, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.run(media -> {
            try {
                answer.complete(question.apply(media));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

    static void run(LoopRef loop, Consumer<MediaLoop> command) {
        on(loop, media -> {
            command.accept(media);
            return 0;
        });
    }

    static int count(LoopRef loop, ToIntFunction<MediaLoop> question) {
        return on(loop, question::applyAsInt);
    }

    static boolean test(LoopRef loop, Predicate<MediaLoop> question) {
        return on(loop, question::test);
    }

    static void until(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("waited in vain until " + what);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
