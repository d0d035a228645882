package dev.parley.sfu.rtp.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hands a publisher's packets to a receiver as a server would, and breaks them in each way that the receiver must see.
final class SyntheticReceiverTest {
    private static final long SECOND = 1_000_000_000L;
    private static final StreamNumbers CAMERA = new StreamNumbers(120, 121, 96, 97, 90_000, SyntheticRig.IDS, "1", "");
    private static final StreamNumbers VOICE = new StreamNumbers(100, 0, 111, 0, 48_000, SyntheticRig.IDS, "0", "");

    private final SyntheticRig alice = new SyntheticRig(1, 30, 42);
    private final Origins origins = new Origins();
    private final SyntheticReceiver bob = new SyntheticReceiver("bob", 9, origins);
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private StreamChecker camera;
    private List<byte[]> packets;

    SyntheticReceiverTest() {
        origins.add(alice.publisher);
        alice.publisher.reportBlock(9, 120, 0, 0, 0, 0, 0, 0);
        alice.publisher.reportBlock(9, 121, 0, 0, 0, 0, 0, 0);
        camera = bob.addSlot(CAMERA);
        bob.addSlot(VOICE);
        packets = List.of();
    }

    @BeforeEach
    void threeSecondsOfCamera() {
        alice.runUntil(3 * SECOND);
        packets = alice.sent.stream().filter(b -> Wire.ssrc(b) == 120).toList();
    }

    private void receive(byte[] bytes) {
        bob.receive(Packets.of(bytes), 0);
    }

    private void allBut(int index) {
        for (int i = 0; i < packets.size(); i++) {
            if (i != index) {
                receive(packets.get(i));
            }
        }
    }

    private List<String> problems() {
        bob.finish();
        return bob.problems().shown();
    }

    /// The camera as it came, with one packet changed.
    private void with(int index, Consumer<Packet> change) {
        for (int i = 0; i < packets.size(); i++) {
            Packet p = Packets.of(packets.get(i));
            if (i == index) {
                change.accept(p);
            }
            bob.receive(p, 0);
        }
    }

    @Test
    void whatComesAsItWasSentIsInOrder() {
        packets.forEach(this::receive);
        alice.sent.stream().filter(b -> Wire.ssrc(b) == 100).forEach(this::receive);
        assertThat(problems()).isEmpty();
        assertThat(camera.received()).isEqualTo(packets.size());
        assertThat(camera.switches()).isEqualTo(1);
        assertThat(bob.frames()).isEqualTo(91);
    }

    @Test
    void seesAHoleThatNoLinkMade() {
        allBut(100);
        assertThat(problems()).singleElement().asString().contains("hole at #" + Wire.sequence(packets.get(100)));
    }

    @Test
    void excusesWhatTheNetworkDroppedOnItsWayHere() {
        bob.lostOnTheWay(packets.get(100));
        allBut(100);
        assertThat(problems()).isEmpty();
        assertThat(camera.received()).isEqualTo(packets.size() - 1);
    }

    @Test
    void excusesWhatNeverReachedTheServer() {
        alice.publisher.lostOnTheWay(packets.get(100));
        allBut(100);
        assertThat(problems()).isEmpty();
    }

    @Test
    void excusesALatePacketOnlyWhenItsSourceWasChangedMeanwhile() {
        packets.forEach(bytes -> {
            if (bytes != packets.get(100)) {
                alice.publisher.reachedServer(bytes);
            }
        });
        alice.publisher.reachedServer(packets.get(100));
        packets.subList(0, 100).forEach(this::receive);
        packets.subList(101, 200).forEach(this::receive);
        bob.finish();
        assertThat(bob.problems().shown()).as("the stream ended").isEmpty();
    }

    @Test
    void seesALatePacketThatWasForgotten() {
        alice.runUntil(30 * SECOND);
        packets = alice.sent.stream().filter(b -> Wire.ssrc(b) == 120).toList();
        alice.publisher.reachedServer(packets.get(101));
        alice.publisher.reachedServer(packets.get(100));
        allBut(100);
        assertThat(packets).hasSizeGreaterThan(1000);
        assertThat(problems()).singleElement().asString().contains("hole at");
    }

    @Test
    void anOriginalMayComeAfterItsRepair() {
        packets.subList(0, 100).forEach(this::receive);
        alice.sent.clear();
        alice.publisher.nack(9, 120, Wire.sequence(packets.get(100)), 0);
        alice.sent.forEach(this::receive);
        receive(packets.get(100));
        assertThat(bob.problems().shown()).isEmpty();
        receive(packets.get(100));
        assertThat(bob.problems().shown()).singleElement().asString().contains("the same number twice");
    }

    @Test
    void seesTheSameNumberTwice() {
        packets.forEach(this::receive);
        receive(packets.get(50));
        assertThat(problems()).singleElement().asString().contains("the same number twice");
    }

    @Test
    void takesARepairAndSeesOneThatIsAnotherPacket() {
        bob.lostOnTheWay(packets.get(100));
        allBut(100);
        alice.sent.clear();
        alice.publisher.nack(9, 120, Wire.sequence(packets.get(100)), 1);
        alice.sent.forEach(this::receive);
        assertThat(camera.repaired()).isEqualTo(1);
        assertThat(camera.repeated()).isEqualTo(1);
        assertThat(bob.problems().shown()).isEmpty();
        Packet wrong = Packets.of(alice.sent.getFirst());
        wrong.u16(Rtp.payloadOffset(wrong), Wire.sequence(packets.get(101)));
        bob.receive(wrong, 0);
        assertThat(problems()).singleElement().asString().contains("repaired by another packet");
    }

    @Test
    void seesOneChangedByte() {
        with(10, p -> p.u8(p.length() - 1, p.u8(p.length() - 1) ^ 1));
        assertThat(problems()).first().asString().contains("payload is not as it was made");
    }

    @Test
    void seesWhoMustNotBeHere() {
        SyntheticRig mallory = new SyntheticRig(2, 30, 1);
        mallory.runUntil(0);
        Packet p = Packets.of(Objects.requireNonNull(mallory.sent.getLast()));
        Rtp.ssrc(p, 100);
        bob.receive(p, 0);
        assertThat(problems()).singleElement().asString().contains("must not arrive here: publisher 2");
    }

    @Test
    void seesSoundInAPictureSlot() {
        byte[] sound =
                alice.sent.stream().filter(b -> Wire.ssrc(b) == 100).findFirst().orElseThrow();
        Packet p = Packets.of(sound);
        Rtp.ssrc(p, 120);
        bob.receive(p, 0);
        assertThat(bob.problems().count()).isPositive();
    }

    @Test
    void seesTimestampsThatGoBack() {
        with(200, p -> Rtp.timestamp(p, Rtp.timestamp(p) - 90_000));
        assertThat(problems()).first().asString().contains("timestamp goes back");
    }

    @Test
    void seesPictureIdsThatJump() {
        with(200, p -> {
            assertThat(vp8.parse(p, Rtp.payloadOffset(p), Rtp.payloadLength(p))).isTrue();
            vp8.rewrite(p, Rtp.payloadOffset(p), vp8.pictureId() + 1, vp8.tl0PicIdx());
        });
        assertThat(problems()).first().asString().contains("picture id");
    }

    @Test
    void seesATemporalIndexThatJumps() {
        with(200, p -> {
            assertThat(vp8.parse(p, Rtp.payloadOffset(p), Rtp.payloadLength(p))).isTrue();
            vp8.rewrite(p, Rtp.payloadOffset(p), vp8.pictureId(), vp8.tl0PicIdx() + 1);
        });
        assertThat(problems()).first().asString().contains("TL0PICIDX");
    }

    @Test
    void seesWrongHeaders() {
        with(3, p -> Rtp.payloadType(p, 100));
        assertThat(problems()).singleElement().asString().contains("payload type 100");
        assertThat(bob.problems().count()).isEqualTo(1);
        receive(Packets.hex("8060 0001 00000000 00000099 00").toBytes());
        assertThat(problems()).last().asString().contains("belongs to no slot");
    }

    @Test
    void seesAMarkerThatWasLost() {
        int last = 0;
        while (!Rtp.marker(Packets.of(packets.get(last)))) {
            last++;
        }
        with(last, p -> Rtp.marker(p, false));
        assertThat(problems()).singleElement().asString().contains("marker");
    }

    @Test
    void seesAChangeOfSourceWithoutAKeyFrame() {
        List<byte[]> other =
                alice.sent.stream().filter(b -> Wire.ssrc(b) == 130).toList();
        packets.subList(0, 50).forEach(this::receive);
        Packet last = Packets.of(packets.get(49));
        Packet p = Packets.of(other.get(150));
        Rtp.ssrc(p, 120);
        Rtp.sequence(p, Rtp.sequence(last) + 1);
        Rtp.timestamp(p, Rtp.timestamp(last) + 3000);
        assertThat(vp8.parse(last, Rtp.payloadOffset(last), Rtp.payloadLength(last)))
                .isTrue();
        int pictureId = vp8.pictureId() + 1;
        assertThat(vp8.parse(p, Rtp.payloadOffset(p), Rtp.payloadLength(p))).isTrue();
        vp8.rewrite(p, Rtp.payloadOffset(p), pictureId, 1);
        bob.receive(p, 0);
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("changes without a key frame"));
    }

    @Test
    void asksForWhatIsMissingAndForAKeyFrameWhenItDoesNotCome() {
        packets.subList(0, 100).forEach(this::receive);
        packets.subList(101, 120).forEach(this::receive);
        Packet out = alice.packets.take();
        RtcpWriter writer = new RtcpWriter(out, 1200);
        alice.sent.clear();
        bob.feedback(writer, 20_000_000);
        assertThat(RtcpReader.read(out, alice.publisher)).isTrue();
        assertThat(alice.sent).as("one repair").hasSize(1);
        assertThat(alice.publisher.keyFrameRequests()).isZero();
        writer.begin(out, 1200);
        bob.feedback(writer, SECOND);
        assertThat(RtcpReader.read(out, alice.publisher)).isTrue();
        assertThat(alice.publisher.keyFrameRequests()).isEqualTo(1);
        long before = bob.frames();
        alice.runUntil(4 * SECOND);
        bob.lostOnTheWay(packets.get(100));
        packets.subList(120, packets.size()).forEach(this::receive);
        assertThat(bob.frames()).as("waits for the key frame").isEqualTo(before);
        alice.sent.stream().filter(b -> Wire.ssrc(b) == 120).forEach(this::receive);
        assertThat(bob.frames()).isGreaterThan(before + 25);
        assertThat(problems()).isEmpty();
    }

    @Test
    void reportsOnWhatCame() {
        packets.forEach(this::receive);
        Packet out = alice.packets.take();
        RtcpWriter writer = new RtcpWriter(out, 1200);
        bob.receiverReport(writer, 0);
        assertThat(out.length()).isEqualTo(8 + 24);
    }
}
