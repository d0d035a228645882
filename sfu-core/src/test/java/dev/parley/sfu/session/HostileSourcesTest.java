package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.CaughtMedia;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.media.OutgoingTrack;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a member who lies about its packets does to others: nothing. Alice and mallory publish; bob has alice's camera
/// in a slot.
final class HostileSourcesTest {
    private static final int SLOT_SSRC = 500;
    private static final int ALICES_SSRC = 21;
    private static final byte[] ALICES = {0x10, 0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 'a', 'l', 'i', 'c', 'e'};
    private static final byte[] MALLORYS = {0x10, 0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 'm', 'a', 'l', 'l', 'y'};

    private final PublisherRig alice = PublisherRig.chromium();
    private final PublisherRig mallory = PublisherRig.chromium();
    private final CaughtMedia bob = new CaughtMedia(alice.loop.packets());
    private final OutgoingTrack slot = new OutgoingTrack(
            Reception.formatOf(PublisherRig.receiving("v", MediaKind.VIDEO, SLOT_SSRC, 0), false),
            new Feeds(alice.loop, alice.limits),
            bob,
            alice.loop.counters(),
            alice.limits,
            Rng.seeded(1));
    private int alicesSeq = 100;

    HostileSourcesTest() {
        alice.loop.turn(() -> slot.show(alice.track(1), 0));
    }

    private void alice() {
        alice.receive(ClientRtp.of(ALICES_SSRC, PublisherRig.VP8, alicesSeq++)
                .mid("1")
                .rid("q")
                .payload(ALICES));
    }

    /// Bob has got each of alice's packets once, in order, and nothing else.
    private void assertOnlyAlices(int packets) {
        assertThat(bob.sent).hasSize(packets);
        int first = bob.sent.getFirst().seq();
        for (int i = 0; i < packets; i++) {
            CaughtMedia.Sent sent = bob.sent.get(i);
            assertThat(sent.seq()).isEqualTo(first + i & 0xffff);
            assertThat(Arrays.equals(
                            sent.bytes(),
                            sent.bytes().length - ALICES.length,
                            sent.bytes().length,
                            ALICES,
                            0,
                            ALICES.length))
                    .isTrue();
        }
        assertThat(new HashSet<>(bob.sent.stream().map(CaughtMedia.Sent::index).toList()))
                .hasSize(packets);
    }

    @Test
    @DisplayName("hostile C04 another member's SSRC is only a number of one's own")
    void hostile_C04_anotherMembersSsrcIsOnlyANumberOfOnesOwn() {
        for (int i = 0; i < 1_000; i++) {
            alice();
            mallory.receive(ClientRtp.of(ALICES_SSRC, PublisherRig.VP8, alicesSeq)
                    .mid("1")
                    .rid("q")
                    .payload(MALLORYS));
        }
        assertOnlyAlices(1_000);
        assertThat(alice.received(1, 0)).isEqualTo(1_000);
        assertThat(mallory.received(1, 0)).isEqualTo(1_000);
    }

    @Test
    @DisplayName("hostile C04 another SSRC with each packet: 64 are known, the rest is dropped")
    void hostile_C04_anotherSsrcWithEachPacketIsCapped() {
        for (int i = 0; i < 10_000; i++) {
            mallory.receive(ClientRtp.of(1_000_000 + i, PublisherRig.VP8, i)
                    .mid("1")
                    .rid("h")
                    .payload(MALLORYS));
            mallory.onTime();
        }
        int known = 0;
        for (int i = 0; i < 10_000; i++) {
            known += mallory.publications.source(1_000_000 + i) == null ? 0 : 1;
        }
        int named = 1; // of the microphone, by the offer
        assertThat(known).isEqualTo(mallory.limits.ssrcsPerSession() - named);
        assertThat(mallory.count(SfuCounter.LIMIT_SSRCS)).isEqualTo(10_000 - known);
        assertThat(mallory.count(SfuCounter.RTP_UNKNOWN_SSRC)).isEqualTo(10_000 - known);
        assertThat(mallory.loop.packets().outstanding()).isZero();
        mallory.receive(ClientRtp.of(11, PublisherRig.OPUS, 1));
        assertThat(mallory.received(0, 0))
                .as("its named microphone still comes")
                .isEqualTo(1);
    }

    @Test
    @DisplayName("hostile C04 unnamed SSRCs fill what is held and no more")
    void hostile_C04_unnamedSsrcsFillWhatIsHeldAndNoMore() {
        mallory.publish(PublisherRig.video("2", List.of()), TrackSource.SCREEN);
        int room = mallory.limits.ssrcsPerSession() * mallory.limits.heldPacketsPerSsrc();
        for (int i = 0; i < 10 * room; i++) {
            mallory.receive(ClientRtp.of(1_000_000 + i % 1_000, PublisherRig.VP8, i));
        }
        assertThat(mallory.loop.packets().outstanding()).isLessThanOrEqualTo(room);
        assertThat(mallory.count(SfuCounter.LIMIT_HELD_PACKETS)).isPositive();
        mallory.pass(mallory.limits.heldNs());
        mallory.onTime();
        assertThat(mallory.loop.packets().outstanding()).isZero();
        assertThat(mallory.count(SfuCounter.RTP_UNKNOWN_SSRC)).isEqualTo(10L * room);
    }

    @Test
    @DisplayName("hostile C04 numbers that jump leave the slot's numbers whole for whoever comes next")
    void hostile_C04_numbersThatJumpLeaveTheSlotWhole() {
        alice.loop.turn(() -> slot.show(alice.track(1), 0));
        for (int i = 0; i < 5_000; i++) {
            alicesSeq += 30_000;
            alice();
        }
        assertOnlyAlices(5_000);
    }

    @Test
    @DisplayName("hostile C05 MID and RID of others and of nobody bind nothing but one's own")
    void hostile_C05_midAndRidBindNothingButOnesOwn() {
        Fuzz.random(Fuzz.runs(200_000) / 200, random -> {
            String[] mids = {"0", "1", "9", "", "11111111", "v"};
            String[] rids = {"q", "h", "f", "x", "qq"};
            ClientRtp rtp = ClientRtp.of(
                    random.nextInt(1, 40),
                    random.nextBoolean() ? PublisherRig.VP8 : random.nextInt(128),
                    random.nextInt(65_536));
            String mid = mids[random.nextInt(mids.length)];
            if (!mid.isEmpty()) {
                rtp.mid(mid);
            }
            rtp.rid(rids[random.nextInt(rids.length)]);
            if (random.nextBoolean()) {
                rtp.repairedRid(rids[random.nextInt(rids.length)]);
            }
            mallory.receive(rtp.payload(MALLORYS));
            alice();
        });
        assertOnlyAlices((int) alice.received(1, 0));
        assertThat(alice.received(0, 0)).isZero();
        mallory.publications.close();
        assertThat(mallory.loop.packets().outstanding()).isZero();
    }

    @Test
    @DisplayName("hostile C05 a source that is bound stays whose it is, whatever its packets say later")
    void hostile_C05_aBoundSourceStaysWhoseItIs() {
        mallory.receive(ClientRtp.of(21, PublisherRig.VP8, 1).mid("1").rid("q"));
        mallory.receive(ClientRtp.of(21, PublisherRig.VP8, 2).mid("1").rid("f"));
        mallory.receive(ClientRtp.of(21, PublisherRig.VP8, 3).mid("0"));
        mallory.receive(ClientRtp.of(11, PublisherRig.OPUS, 1).mid("1").rid("h"));
        assertThat(mallory.received(1, 0)).isEqualTo(3);
        assertThat(mallory.received(1, 1)).isZero();
        assertThat(mallory.received(1, 2)).isZero();
        assertThat(mallory.received(0, 0)).isEqualTo(1);
    }

    @Test
    @DisplayName("hostile C05 a retransmission cannot name the packet of another source")
    void hostile_C05_aRetransmissionRepeatsItsOwnSourceOnly() {
        mallory.receive(ClientRtp.of(21, PublisherRig.VP8, 1).mid("1").rid("q"));
        mallory.receive(ClientRtp.of(22, PublisherRig.VP8, 1).mid("1").rid("h"));
        mallory.receive(ClientRtp.of(31, PublisherRig.RTX, 1)
                .mid("1")
                .repairedRid("q")
                .rid("h")
                .repeats(2, MALLORYS));
        assertThat(mallory.received(1, 0)).isEqualTo(2);
        assertThat(mallory.received(1, 1)).isEqualTo(1);
    }
}
