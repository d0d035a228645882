package dev.parley.sfu.session;

import static dev.parley.sfu.session.PublisherRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.media.CaughtMedia;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.media.OutgoingTrack;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A client with one slot for pictures, in which its own camera is to be seen, and what its further offers make of it.
final class ReceptionsTest {
    private static final int SSRC = 500;
    private static final Section RECEIVING = PublisherRig.receiving("v", MediaKind.VIDEO, SSRC, 0);
    private static final byte[] KEY_FRAME = {0x10, 0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 1, 2, 3};

    private final PublisherRig rig = PublisherRig.chromium();
    private final Feeds feeds = new Feeds(rig.loop, rig.limits);
    private final CaughtRtcp reports = new CaughtRtcp(rig.loop.packets());
    private final CaughtMedia media = new CaughtMedia(rig.loop.packets());
    private final Receptions receptions =
            new Receptions(reports, 0, new Allocation(MediaBudget.UNKNOWN, (_, _, _) -> {}));
    private int frames;

    ReceptionsTest() {
        receptions.add(
                RECEIVING,
                new OutgoingTrack(
                        Reception.formatOf(RECEIVING, false),
                        feeds,
                        media,
                        rig.loop.counters(),
                        rig.limits,
                        Rng.seeded(1)));
        show();
    }

    @AfterEach
    void nothingIsLeft() {
        rig.loop.turn(() -> receptions.close(rig.loop.nowNs()));
        assertThat(feeds.size()).isZero();
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    private void show() {
        rig.loop.turn(() -> receptions.show(0, rig.track(1), null, rig.loop.nowNs()));
    }

    /// A key frame each second.
    private void camera() {
        rig.pass(1_000 * MS);
        rig.receive(
                ClientRtp.of(21, PublisherRig.VP8, ++frames).mid("1").rid("q").payload(KEY_FRAME));
    }

    private void offered(List<Section> sections, Set<String> resting) {
        Negotiated negotiated = PublisherRig.negotiated(sections, resting);
        rig.loop.turn(() -> receptions.follow(negotiated, rig.loop.nowNs()));
    }

    private void offeredAgain() {
        rig.loop.turn(() -> Objects.requireNonNull(receptions.byMid(RECEIVING.mid()))
                .goOn(Reception.formatOf(RECEIVING, false), rig.loop.nowNs()));
    }

    private void assertSilent() {
        receptions.onTime(rig.loop.nowNs());
        int sent = media.sent.size();
        reports.take();
        camera();
        show();
        camera();
        rig.pass(2_000 * MS);
        receptions.onTime(rig.loop.nowNs());
        assertThat(media.sent).hasSize(sent);
        assertThat(reports.take()).isEmpty();
        assertThat(receptions.bySsrc(SSRC)).isNull();
    }

    @Test
    void nothingIsSentInASectionThatReceivesNoMore() {
        camera();
        assertThat(media.sent).hasSize(1);
        offered(List.of(PublisherRig.video("v", List.of())), Set.of());
        assertSilent();
    }

    @Test
    void norInOneThatWasGivenPortZero() {
        camera();
        offered(List.of(), Set.of("v"));
        assertSilent();
    }

    @Test
    void aSectionThatReceivesAgainGoesOnWhereItWas() {
        camera();
        offered(List.of(), Set.of("v"));
        camera();
        offeredAgain();
        camera();
        assertThat(media.sent).hasSize(2).allMatch(sent -> sent.ssrc() == SSRC);
        assertThat(media.sent.getLast().seq()).isEqualTo(media.sent.getFirst().seq() + 1 & 0xffff);
    }

    @Test
    void aSectionWhosePlaceAnotherHasIsForgotten() {
        camera();
        offered(List.of(), Set.of());
        assertThat(receptions.byMid(RECEIVING.mid())).isNull();
        assertThat(feeds.size()).isZero();
    }
}
