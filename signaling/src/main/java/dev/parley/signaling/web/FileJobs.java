package dev.parley.signaling.web;

import dev.parley.signaling.files.FileFault;
import dev.parley.signaling.files.FileRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Carries out requests for files, each on a virtual thread of its own, where it may wait for the disk and the
/// database; not too many at once. Those who take a file, for as long as they like, are counted by themselves and keep
/// nobody from anything else. Callable from any thread.
public final class FileJobs {
    private final Transfers requests = new Transfers();
    private final Transfers downloads = new Transfers();
    private final WebWatch watch;

    public FileJobs(WebWatch watch) {
        this.watch = watch;
    }

    CompletionStage<Response> run(Request request, Function<Request, Response> job) {
        Admissions.Address client = Admissions.Address.of(request.origin().client());
        if (!requests.enter(client)) {
            return CompletableFuture.completedFuture(full());
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("file-job").start(() -> {
            try {
                Response response = admitted(answered(request, job), client);
                requests.leave(client);
                answer.complete(response);
            } catch (RuntimeException | Error e) {
                requests.leave(client);
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private Response admitted(Response response, Admissions.Address client) {
        Body body = response.streamed();
        if (body == null) {
            return response;
        }
        if (!downloads.enter(client)) {
            body.closeAnyway();
            return full();
        }
        Body counted = new Leaving(body, () -> downloads.leave(client));
        return new Response(response.status(), response.headers(), response.body(), counted);
    }

    private Response full() {
        watch.limitHit("file_transfers");
        return FileProblem.of(new FileRefusal(FileFault.FULL, "too many files are on their way; try again"));
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
        return requests.now() + downloads.now();
    }
}
