package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DtlsRunnerTest {
    private static final int HANDSHAKES = 200;

    /// Both ends of one handshake on one loop, with nothing but the loop between them.
    private static final class End implements DtlsOutput {
        final ThreadLoop loop;
        final CountDownLatch done;
        final DtlsEndpoint endpoint;
        End peer = this;
        boolean wrongThread;

        End(DtlsRole role, ThreadLoop loop, DtlsRunner runner, CountDownLatch done) {
            this.loop = loop;
            this.done = done;
            boolean server = role == DtlsRole.SERVER;
            DtlsCertificate own = server ? DtlsPeer.SERVER_CERTIFICATE : DtlsPeer.CLIENT_CERTIFICATE;
            DtlsCertificate other = server ? DtlsPeer.CLIENT_CERTIFICATE : DtlsPeer.SERVER_CERTIFICATE;
            endpoint = new DtlsEndpoint(
                    role,
                    own,
                    List.of(other.fingerprint()),
                    runner,
                    DtlsPeer.LIMITS,
                    loop.counters(),
                    loop.packets(),
                    this);
        }

        @Override
        public void send(Packet datagram) {
            wrongThread |= !loop.inLoop();
            loop.post(() -> {
                peer.endpoint.receive(datagram, loop.nowNs());
                datagram.release();
            });
        }

        @Override
        public void connected(SrtpKeys keys) {
            wrongThread |= !loop.inLoop();
            done.countDown();
        }

        @Override
        public void failed(DtlsFailure reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void closed() {}

        @Override
        public void applicationData(byte[] array, int offset, int length) {}
    }

    @Test
    void runsManyHandshakesAtOnceBesideTheLoop() throws Exception {
        CountDownLatch done = new CountDownLatch(2 * HANDSHAKES);
        HalfOpenHandshakes halfOpen = new HalfOpenHandshakes(2 * HANDSHAKES);
        List<End> ends = new ArrayList<>();
        try (ThreadLoop loop = new ThreadLoop()) {
            DtlsRunner runner = DtlsRunner.offLoop(loop, halfOpen);
            for (int i = 0; i < HANDSHAKES; i++) {
                End client = new End(DtlsRole.CLIENT, loop, runner, done);
                End server = new End(DtlsRole.SERVER, loop, runner, done);
                client.peer = server;
                server.peer = client;
                ends.add(client);
                ends.add(server);
                loop.post(() -> client.endpoint.start(loop.nowNs()));
            }
            assertThat(done.await(30, TimeUnit.SECONDS))
                    .as(done.getCount() + " not done")
                    .isTrue();
            loop.runAndWait(() -> {});
            assertThat(loop.counters().get(SfuCounter.DTLS_OK)).isEqualTo(2 * HANDSHAKES);
            assertThat(loop.packets().outstanding()).isZero();
        }
        assertThat(ends).noneMatch(end -> end.wrongThread);
        assertThat(halfOpen.count()).isZero();
    }

    @Test
    void closingAHandshakeBesideTheLoopEndsItsThread() throws Exception {
        HalfOpenHandshakes halfOpen = new HalfOpenHandshakes(HANDSHAKES);
        try (ThreadLoop loop = new ThreadLoop()) {
            DtlsRunner runner = DtlsRunner.offLoop(loop, halfOpen);
            List<End> ends = new ArrayList<>();
            for (int i = 0; i < HANDSHAKES; i++) {
                ends.add(new End(DtlsRole.CLIENT, loop, runner, new CountDownLatch(1)));
            }
            loop.runAndWait(() -> ends.forEach(end -> end.endpoint.start(loop.nowNs())));
            assertThat(halfOpen.count()).isEqualTo(HANDSHAKES);
            loop.runAndWait(() -> ends.forEach(end -> end.endpoint.close(loop.nowNs())));
            for (int i = 0; i < 1_000 && halfOpen.count() > 0; i++) {
                Thread.sleep(10);
            }
            assertThat(halfOpen.count()).isZero();
        }
    }

    @Test
    void inLockStepEverythingHasHappenedWhenTheCallReturns() {
        HalfOpenHandshakes halfOpen = new HalfOpenHandshakes(1);
        List<Packet> sent = new ArrayList<>();
        DtlsEndpoint client = new DtlsEndpoint(
                DtlsRole.CLIENT,
                DtlsPeer.CLIENT_CERTIFICATE,
                List.of(),
                DtlsRunner.lockStep(halfOpen),
                DtlsPeer.LIMITS,
                new Counters(),
                new PacketPool(1),
                new Collecting(sent));
        client.start(0);
        assertThat(sent).hasSize(1);
        assertThat(halfOpen.count()).isEqualTo(1);
        client.close(0);
        assertThat(halfOpen.count()).isZero();
    }

    private record Collecting(List<Packet> sent) implements DtlsOutput {
        @Override
        public void send(Packet datagram) {
            sent.add(datagram);
        }

        @Override
        public void connected(SrtpKeys keys) {}

        @Override
        public void failed(DtlsFailure reason) {}

        @Override
        public void closed() {}

        @Override
        public void applicationData(byte[] array, int offset, int length) {}
    }
}
