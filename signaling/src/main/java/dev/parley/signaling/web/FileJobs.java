package dev.parley.signaling.web;

import dev.parley.signaling.files.FileFault;
import dev.parley.signaling.files.FileRefusal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Carries out requests for files, each on a virtual thread of its own, where it may wait for the disk and the
/// database; not too many at once. Callable from any thread.
public final class FileJobs {
    private final Transfers transfers = new Transfers();
    private final WebWatch watch;

    public FileJobs(WebWatch watch) {
        this.watch = watch;
    }

    CompletionStage<Response> run(Request request, Function<Request, Response> job) {
        InetAddress client = request.origin().client();
        if (!transfers.enter(client)) {
            watch.limitHit("file_transfers");
            return CompletableFuture.completedFuture(
                    FileProblem.of(new FileRefusal(FileFault.FULL, "too many files are on their way; try again")));
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("file-job").start(() -> {
            try {
                Response response = answered(request, job);
                Body body = response.streamed();
                if (body == null) {
                    transfers.leave(client);
                    answer.complete(response);
                } else {
                    answer.complete(new Response(
                            response.status(),
                            response.headers(),
                            response.body(),
                            new Leaving(body, () -> transfers.leave(client))));
                }
            } catch (RuntimeException e) {
                transfers.leave(client);
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /// A body with which a request is done.
    private record Leaving(Body body, Runnable leave) implements Body {
        @Override
        public long length() {
            return body.length();
        }

        @Override
        public void read(ByteBuffer into) throws IOException {
            body.read(into);
        }

        @Override
        public void close() throws IOException {
            try {
                body.close();
            } finally {
                leave.run();
            }
        }
    }

    private static Response answered(Request request, Function<Request, Response> job) {
        try {
            return job.apply(request);
        } catch (FileRefusal refusal) {
            return FileProblem.of(refusal);
        }
    }

    int now() {
        return transfers.now();
    }
}
