package dev.parley.sfu.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinException;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuConfig;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.session.AnswerPolicy;
import dev.parley.sfu.session.LocalIce;
import dev.parley.sfu.session.NegotiationWarmUp;
import dev.parley.sfu.session.NegotiatorConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The engine of a process, as signaling uses it.
class SfuServerTest {
    private static final String OFFER = NegotiationWarmUp.pageOffer(new NegotiatorConfig(
            List.of("sha-256 " + "AB:".repeat(31) + "AB"),
            () -> new LocalIce("abcd", "0123456789abcdefghijkl"),
            List::of,
            Rng.seeded(1),
            "cname",
            Limits.defaults(),
            AnswerPolicy.defaults()));

    private SfuServer server;

    @BeforeEach
    void start() throws IOException {
        server = SfuServer.start(new SfuConfig(0, List.of("127.0.0.1"), List.of(), 2, true));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletableFuture<JoinAnswer> join(int number, String offer) {
        JoinRequest request = new JoinRequest(
                new ParticipantId("p_" + number), "person-" + number, Via.WEB, offer, List.of(), null, _ -> {});
        return server.room("room-" + number % 3).join(request).toCompletableFuture();
    }

    /// More than may wait to be read.
    @Test
    void everyoneOfACrowdIsAnsweredAndNoRoomIsLeft() throws Exception {
        List<CompletableFuture<JoinAnswer>> good = new ArrayList<>();
        List<CompletableFuture<JoinAnswer>> bad = new ArrayList<>();
        for (int i = 0; i < 2 * OfferReaders.WAITING_MAX; i++) {
            boolean known = i % 8 == 0;
            (known ? good : bad).add(join(i, known ? OFFER : OFFER.replace("a=setup:", "a=setup:x")));
        }
        for (CompletableFuture<JoinAnswer> answer : good) {
            answer.get(20, TimeUnit.SECONDS).participant().close(CloseReason.LEFT);
        }
        for (CompletableFuture<JoinAnswer> refused : bad) {
            assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(JoinException.class)
                    .hasMessageContaining("line ");
        }
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.rooms() > 0) {
            assertThat(System.nanoTime()).as("rooms are left").isLessThan(endNs);
            Thread.sleep(10);
        }
    }

    @Test
    void offersAreReadBesideTheLoops() throws Exception {
        join(1, OFFER).get(20, TimeUnit.SECONDS);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("offers-"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void whatComesAfterTheEndIsReadByWhoeverBringsIt() {
        OfferReaders readers = new OfferReaders(1, Limits.defaults());
        readers.close();
        assertThat(readers.read(OFFER)).isCompleted();
    }
}
