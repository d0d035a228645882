package dev.parley.bench.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.sfu.api.SfuConfig;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import dev.parley.sfu.server.SfuServer;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Synthetic participants and a real engine, over loopback.
class ParticipantTest {
    private static final long PATIENCE_NS = 20_000_000_000L;

    private SfuServer server;
    private Crowd crowd;

    @BeforeEach
    void start() throws IOException {
        server = SfuServer.start(new SfuConfig(0, List.of("127.0.0.1"), List.of(), 2, true));
        crowd = new Crowd(1);
    }

    @AfterEach
    void stop() {
        crowd.close();
        server.close();
    }

    private Participant join(String name, Publishing publishing) {
        Door door = new EngineDoor(server.room("demo"), Via.WEB);
        return crowd.join(name, publishing, OfferBuilder.page(Limits.defaults()), door);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(endNs);
            Thread.sleep(20);
        }
    }

    private static long frames(Participant participant) {
        return participant.ask(() -> participant.media().receiver().frames());
    }

    private static List<String> problems(Participant participant) {
        return participant.ask(() -> participant.media().receiver().problems().shown());
    }

    @Test
    void seesWhatAnotherSendsThroughTheServer() throws InterruptedException {
        Participant alice = join("alice", Publishing.simulcast());
        Participant bob = join("bob", Publishing.page());
        assertThat(bob.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        await(() -> frames(alice) > 30 && frames(bob) > 30);
        assertThat(problems(alice)).isEmpty();
        assertThat(problems(bob)).isEmpty();
        await(() -> alice.ask(() -> alice.media().receivesTransportFeedback()));
    }

    @Test
    void measuresHowLongPacketsWereOnTheirWay() throws InterruptedException {
        AtomicLong heard = new AtomicLong();
        AtomicLong longestNs = new AtomicLong();
        join("alice", Publishing.page());
        Participant bob = join("bob", Publishing.nothing());
        bob.onLatency(ns -> {
            heard.incrementAndGet();
            longestNs.accumulateAndGet(ns, Math::max);
        });
        await(() -> heard.get() > 100);
        assertThat(longestNs.get()).isBetween(1L, PATIENCE_NS);
    }

    @Test
    void whoIsDeafHearsNothingMore() throws InterruptedException {
        Participant alice = join("alice", Publishing.page());
        Participant bob = join("bob", Publishing.nothing());
        await(() -> frames(bob) > 5);
        bob.deafen();
        long deafAt = frames(bob);
        long published = published(alice);
        await(() -> published(alice) > published + 100);
        assertThat(frames(bob)).isEqualTo(deafAt);
    }

    private static long published(Participant participant) {
        return participant.ask(() -> {
            long sent = 0;
            for (SyntheticStream stream : participant.media().publisher().streams()) {
                sent += stream.sent();
            }
            return sent;
        });
    }

    @Test
    void saysWhyNobodyCouldComeIn() {
        Door closed = _ -> CompletableFuture.failedFuture(new IOException("the door is locked"));
        assertThatThrownBy(() -> crowd.join("alice", Publishing.nothing(), new OfferBuilder().pairs(1), closed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("alice")
                .hasRootCauseMessage("the door is locked");
    }
}
