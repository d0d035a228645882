package dev.parley.signaling.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FileJobsTest {
    private final List<String> limits = new ArrayList<>();
    private final FileJobs jobs = new FileJobs(limits::add);
    private final CountDownLatch go = new CountDownLatch(1);

    private static Request from(String address) {
        Origin origin = Objects.requireNonNull(Origin.of(true, "localhost", InetAddress.ofLiteral(address)));
        return new Request("GET", List.of("files"), "", Map.of(), new DefaultHttpHeaders(), new byte[0], origin);
    }

    private CompletableFuture<Response> wait(String address) {
        return jobs.run(from(address), _ -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Response.empty(204);
                })
                .toCompletableFuture();
    }

    @Test
    void oneAddressDoesNotTakeAllAndAllDoNotTakeMoreThanThereIs() throws Exception {
        List<CompletableFuture<Response>> waiting = new ArrayList<>();
        for (int i = 0; i < Transfers.OF_ADDRESS_MAX; i++) {
            waiting.add(wait("192.0.2.1"));
        }
        assertThat(wait("192.0.2.1").get().status()).isEqualTo(503);
        for (int i = Transfers.OF_ADDRESS_MAX; i < Transfers.MAX; i++) {
            waiting.add(wait("198.51.100." + i % 200));
        }
        assertThat(jobs.now()).isEqualTo(Transfers.MAX);
        assertThat(wait("203.0.113.1").get().status()).isEqualTo(503);
        assertThat(limits).containsExactly("file_transfers", "file_transfers");
        go.countDown();
        for (CompletableFuture<Response> one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS).status()).isEqualTo(204);
        }
        assertThat(jobs.now()).isZero();
        assertThat(wait("192.0.2.1").get(10, TimeUnit.SECONDS).status()).isEqualTo(204);
    }

    /// Whoever has an IPv6 address has a network of them.
    @Test
    void aNetworkIsOneAddress() throws Exception {
        List<CompletableFuture<Response>> waiting = new ArrayList<>();
        for (int i = 0; i < Transfers.OF_ADDRESS_MAX; i++) {
            waiting.add(wait("2001:db8::" + Integer.toHexString(i + 1)));
        }
        assertThat(wait("2001:db8::ffff").get().status()).isEqualTo(503);
        waiting.add(wait("2001:db8:0:1::1"));
        go.countDown();
        for (CompletableFuture<Response> one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS).status()).isEqualTo(204);
        }
    }

    @Test
    void whoTakesFilesSlowlyKeepsNobodyFromAnythingElse() throws Exception {
        List<Body> taken = new ArrayList<>();
        for (int i = 0; i < Transfers.OF_ADDRESS_MAX; i++) {
            taken.add(Objects.requireNonNull(download().streamed()));
        }
        assertThat(download().status()).isEqualTo(503);
        go.countDown();
        assertThat(wait("192.0.2.1").get(10, TimeUnit.SECONDS).status()).isEqualTo(204);
        taken.getFirst().close();
        assertThat(download().status()).isEqualTo(200);
    }

    private Response download() throws Exception {
        Response file = new Response(200, List.of(), new byte[0], new Nothing());
        return jobs.run(from("192.0.2.1"), _ -> file).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private record Nothing() implements Body {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public void read(ByteBuffer into) {}

        @Override
        public void close() {}
    }

    @Test
    void aFaultIsOneAnswerAndNoPlaceTaken() {
        var failed = jobs.run(from("192.0.2.1"), _ -> {
            throw new IllegalStateException("a fault");
        });
        assertThat(failed.toCompletableFuture()).failsWithin(10, TimeUnit.SECONDS);
        assertThat(jobs.now()).isZero();
    }
}
