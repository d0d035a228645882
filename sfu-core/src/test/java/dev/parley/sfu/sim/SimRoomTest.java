package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.rtp.synthetic.SyntheticReceiver;
import dev.parley.sfu.sdp.SdpCodec;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.synthetic.Publishing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is seen and heard in a call, as people come, go, speak, mute and share.
final class SimRoomTest {
    private final SimCall call = new SimCall(1, SimCall.GOOD);

    private List<SimBrowser> people(int count, Publishing publishing) {
        List<SimBrowser> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(call.join(publishing));
            call.run(0.05);
        }
        return people;
    }

    private long lastFrameNs(SimBrowser viewer, SimBrowser shown, TrackSource source) {
        int slot = shown.slotAt(viewer, source);
        assertThat(slot).as("slot of " + shown.name() + " at " + viewer.name()).isNotNegative();
        return viewer.receiver().lastFrameNs(viewer.ssrcOf(slot, true));
    }

    private void assertSees(SimBrowser viewer, SimBrowser shown) {
        assertThat(lastFrameNs(viewer, shown, TrackSource.CAMERA))
                .as(viewer.name() + " sees " + shown.name())
                .isGreaterThan(call.nowNs() - SimCall.SECOND_NS / 5);
    }

    private long lastPacketNs(SimBrowser listener, SimBrowser voice) {
        int slot = voice.slotAt(listener, TrackSource.MICROPHONE);
        return slot < 0 ? Long.MIN_VALUE : listener.receiver().lastPacketNs(listener.ssrcOf(slot, false));
    }

    private boolean hears(SimBrowser listener, SimBrowser voice) {
        return lastPacketNs(listener, voice) > call.nowNs() - SimCall.SECOND_NS / 5;
    }

    @Test
    void measuresHowLongEachNewcomerWaitedForTheFirstPicture() {
        people(2, Publishing.page());
        call.run(3);
        long before = call.server().measured(SfuDelay.FIRST_FRAME);
        people(2, Publishing.page());
        call.run(3);
        assertThat(call.server().measured(SfuDelay.FIRST_FRAME) - before).isEqualTo(2);
        assertThat(call.server().measured(SfuDelay.FORWARD)).isZero(); // the edge's, when its turn has ended
    }

    @Test
    void aThirdPersonComesAndGoesWithoutAnyNegotiation() {
        List<SimBrowser> two = people(2, Publishing.page());
        call.run(3);
        SimBrowser third = call.join(Publishing.page());
        call.run(2);
        two.forEach(one -> assertSees(one, third));
        two.forEach(one -> assertSees(third, one));
        call.leave(third);
        call.run(2);
        assertSees(two.getFirst(), two.getLast());
        assertThat(two).allMatch(one -> one.negotiations() == 1);
        assertThat(third.slotAt(two.getFirst(), TrackSource.CAMERA)).isEqualTo(-1);
        call.end();
    }

    @Test
    void aPictureGoesOnWhenItsPublisherSwitchesTheEncoding() {
        List<SimBrowser> two = people(2, Publishing.page());
        call.run(3);
        SimBrowser publisher = two.getFirst();
        SimBrowser viewer = two.getLast();
        for (int[] switched : new int[][] {{2, 0}, {0, 1}, {1, 2}, {2, 0}}) {
            publisher.camera().active(switched[0], false);
            publisher.camera().active(switched[1], true);
            long frames = viewer.receiver().frames();
            call.run(1);
            assertSees(viewer, publisher);
            assertThat(viewer.receiver().frames()).isGreaterThan(frames + 8);
        }
        call.end();
    }

    @Test
    void aSlotGoesOnWithAnotherPersonsPicture() {
        List<SimBrowser> ten = people(10, Publishing.page());
        OfferBuilder nineTiles = new OfferBuilder()
                .microphone()
                .camera("q", "h", "f")
                .screen()
                .pairs(call.limits().tilesForwarded() + call.limits().shareSlots());
        SimBrowser viewer = call.join(Publishing.page(), OfferDialect.chromium(), nineTiles);
        SimBrowser leaving = ten.getFirst();
        SimBrowser following = ten.getLast();
        call.run(3);
        int slot = leaving.slotAt(viewer, TrackSource.CAMERA);
        assertThat(following.slotAt(viewer, TrackSource.CAMERA)).isEqualTo(-1);
        long reports = viewer.receiver().senderReports();
        int keyFrames = following.publisher().keyFrameRequests();
        call.leave(leaving);
        call.run(1);
        assertThat(following.slotAt(viewer, TrackSource.CAMERA)).isEqualTo(slot);
        assertSees(viewer, following);
        assertThat(following.publisher().keyFrameRequests()).isGreaterThan(keyFrames);
        assertThat(viewer.receiver().senderReports()).isGreaterThan(reports);
        call.end();
    }

    @Test
    void aMutedVoiceLeavesItsSlotAndComesBack() {
        List<SimBrowser> two = people(2, Publishing.page().silent());
        SimBrowser listener = two.getFirst();
        SimBrowser voice = two.getLast();
        call.run(2);
        voice.speak(true, 100);
        call.run(1);
        assertThat(hears(listener, voice)).isTrue();
        voice.mute(true);
        call.run(1);
        assertThat(voice.slotAt(listener, TrackSource.MICROPHONE)).isEqualTo(-1);
        assertSees(listener, voice);
        voice.mute(false);
        call.run(0.5);
        assertThat(hears(listener, voice)).isTrue();
        assertThat(two).allMatch(one -> one.negotiations() == 1);
        call.end();
    }

    @Test
    void aScreenIsShownInASlotForShares() {
        List<SimBrowser> three = people(3, Publishing.page());
        call.run(2);
        SimBrowser presenter = three.get(1);
        presenter.shareScreen();
        call.run(1.5);
        for (SimBrowser viewer : List.of(three.get(0), three.get(2))) {
            int slot = presenter.slotAt(viewer, TrackSource.SCREEN);
            assertThat(slot)
                    .isBetween(
                            call.limits().tileSlots(),
                            call.limits().tileSlots() + call.limits().shareSlots() - 1);
            assertThat(lastFrameNs(viewer, presenter, TrackSource.SCREEN))
                    .isGreaterThan(call.nowNs() - SimCall.SECOND_NS / 2);
            assertSees(viewer, presenter);
        }
        presenter.stopScreen();
        call.run(0.5);
        assertThat(presenter.slotAt(three.get(0), TrackSource.SCREEN)).isEqualTo(-1);
        assertThat(three).allMatch(one -> one.negotiations() == 1);
        call.end();
    }

    @Test
    void theFirstNineCamerasAreSeen() {
        List<SimBrowser> people = people(12, Publishing.page());
        call.run(3);
        SimBrowser last = people.get(11);
        for (int i = 0; i < 11; i++) {
            if (i < call.limits().tilesForwarded()) {
                assertSees(last, people.get(i));
            } else {
                assertThat(people.get(i).slotAt(last, TrackSource.CAMERA)).isEqualTo(-1);
            }
        }
        assertThat(people.get(9).slotAt(people.get(0), TrackSource.CAMERA))
                .as("the first one sees nine others")
                .isNotNegative();
        call.end();
    }

    @Test
    void aVoiceTakesTheSlotOfOneThatHasBeenSilent() {
        SimBrowser listener = call.join(Publishing.nothing());
        List<SimBrowser> voices = people(6, Publishing.voice().silent());
        List<SimBrowser> three = voices.subList(0, 3);
        call.run(2);
        three.forEach(voice -> voice.speak(true, 100));
        call.run(2);
        assertThat(three).allMatch(voice -> hears(listener, voice));
        SimBrowser fourth = voices.get(4);
        fourth.speak(true, 100);
        call.run(1);
        assertThat(hears(listener, fourth)).as("nobody was silent").isFalse();
        assertThat(hears(three.getFirst(), fourth))
                .as("who speaks hears three others")
                .isTrue();
        assertThat(three).allMatch(voice -> hears(listener, voice));
        SimBrowser quiet = voices.get(1);
        int slot = quiet.slotAt(listener, TrackSource.MICROPHONE);
        quiet.speak(false, 100);
        call.run(0.25);
        assertThat(quiet.slotAt(listener, TrackSource.MICROPHONE))
                .as("silent for too short")
                .isEqualTo(slot);
        call.run(1);
        assertThat(fourth.slotAt(listener, TrackSource.MICROPHONE)).isEqualTo(slot);
        assertThat(hears(listener, fourth)).isTrue();
        call.end();
    }

    @Test
    void aViewerWithoutRtxGetsTheSameBytesAgain() {
        call.link(SimCall.BAD);
        OfferDialect chromium = OfferDialect.chromium();
        List<SdpCodec> withoutRtx = chromium.video().stream()
                .filter(codec -> !codec.name().equals("rtx"))
                .toList();
        OfferDialect refusing = new OfferDialect(
                false, chromium.audio(), withoutRtx, chromium.audioExtensions(), chromium.videoExtensions());
        SimBrowser publisher = call.join(Publishing.page());
        SimBrowser viewer = call.join(Publishing.nothing(), refusing, OfferBuilder.page(call.limits()));
        call.run(30);
        SyntheticReceiver received = viewer.receiver();
        assertThat(lastFrameNs(viewer, publisher, TrackSource.CAMERA))
                .isGreaterThan(call.nowNs() - 2 * SimCall.SECOND_NS);
        assertThat(received.frames()).isGreaterThan(600);
        call.end();
    }
}
