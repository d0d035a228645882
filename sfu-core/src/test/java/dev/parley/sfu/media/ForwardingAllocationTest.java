package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.HandLoop;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.LimitsWith;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.srtp.SrtpResult;
import dev.parley.sfu.srtp.SrtpSender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The media path of a packet on its loop, from the publisher's track to the encrypted datagram, must not allocate.
final class ForwardingAllocationTest {
    private static final int SUBSCRIBERS = 10;
    private static final int PACKETS = 10_000; // to ten subscribers each: 100,000 forwarded

    /// More may be sent again than for the first time, so that all of it is measured.
    private final Limits limits = LimitsWith.of("repairPercent", 200);
    private final HandLoop loop = new HandLoop();
    private final Feeds feeds = new Feeds(loop, limits);
    private final IncomingTrack camera =
            new IncomingTrack("camera", MediaKind.VIDEO, 1, TestStream.FORMAT, loop, limits, new RecordedTrack());
    private final TestStream stream = new TestStream(loop.packets(), 1, 65_000);
    private final List<OutgoingTrack> subscribers = new ArrayList<>();
    private long nowNs;

    /// Encrypts with the null cipher and forgets.
    private static final class Encrypting implements MediaSink {
        private final PacketPool packets;
        private final SrtpSender srtp;
        private int transportSequence;
        private int lastSeq;

        private Encrypting(PacketPool packets, Limits limits) {
            this.packets = packets;
            this.srtp = new SrtpSender(
                    SrtpCipherSuite.NULL, SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12], limits);
        }

        @Override
        public Packet packet() {
            return packets.take();
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public boolean sendRtp(
                Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose) {
            RtpHeaderWriter.stamp(out, header.transportCcAt(), transportSequence++, header.absSendTimeAt(), index);
            SrtpResult result = srtp.protectRtp(out, header.length(), index, source.array(), from, count);
            if (Rtp.payloadType(out) == MediaRig.VP8) {
                lastSeq = Rtp.sequence(out);
            }
            out.release();
            return result == SrtpResult.OK;
        }

        @Override
        public void sendAgain(Packet datagram) {
            datagram.release();
        }

        @Override
        public int overheadBytes() {
            return srtp.rtpOverhead();
        }

        @Override
        public void due() {}

        @Override
        public void undecodable(OutgoingTrack track, Codec codec) {
            throw new AssertionError(codec);
        }
    }

    private OutgoingTrack subscriber(int number, boolean rtx, MediaSink sink) {
        ExtensionIds ids = ExtensionIds.NONE
                .with(ExtensionType.MID, 3)
                .with(ExtensionType.TRANSPORT_CC, 5)
                .with(ExtensionType.ABS_SEND_TIME, 6);
        OutgoingFormat format = new OutgoingFormat(
                MediaKind.VIDEO,
                new Mid("v"),
                2 * number + 1,
                rtx ? 2 * number + 2 : 0,
                List.of(TestStream.type(MediaRig.VP8, Codec.VP8, rtx ? MediaRig.VP8_RTX : PayloadType.NO_RTX)),
                ids,
                true);
        return new OutgoingTrack(format, feeds, sink, loop.counters(), limits, Rng.seeded(number));
    }

    private void forward() {
        nowNs += 1_000_000;
        Packet packet = stream.frame();
        packet.arrivalNs(nowNs);
        camera.accept(packet, 0, nowNs);
        packet.release();
        camera.onTime(nowNs, 50_000_000);
    }

    /// The key frame to each, and then whole rounds: one to warm up, and as many as it took to measure.
    private void assertForwarded(long packetsARound) {
        long forwarded = loop.counters().get(SfuCounter.RTP_FORWARDED_VIDEO) - SUBSCRIBERS;
        assertThat(forwarded).isGreaterThanOrEqualTo(2 * packetsARound);
        assertThat(forwarded % packetsARound).isZero();
    }

    @Test
    void aHundredThousandForwardedPacketsAllocateNothing() {
        camera.encoding(0).bind(1, true);
        loop.turn(() -> {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                OutgoingTrack subscriber = subscriber(i, i % 2 == 0, new Encrypting(loop.packets(), limits));
                subscriber.show(camera, nowNs);
                subscribers.add(subscriber);
            }
            Packet key = stream.keyFrame();
            camera.accept(key, 0, nowNs);
            key.release();
            assertThat(Allocations.of(PACKETS, this::forward)).isZero();
        });
        assertForwarded(SUBSCRIBERS * PACKETS);
    }

    private int picture;

    private void forwardLayered() {
        nowNs += 1_000_000;
        Packet packet = stream.temporal(picture++ & 1, true, false);
        packet.arrivalNs(nowNs);
        camera.accept(packet, 0, nowNs);
        packet.release();
        camera.onTime(nowNs, 50_000_000);
    }

    @Test
    void leavingLayersOutAllocatesNothing() {
        camera.encoding(0).bind(1, true);
        loop.turn(() -> {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                OutgoingTrack subscriber = subscriber(i, i % 2 == 0, new Encrypting(loop.packets(), limits));
                subscriber.target(OutgoingTrack.ALL_LAYERS, i % 2, nowNs);
                subscriber.show(camera, nowNs);
                subscribers.add(subscriber);
            }
            Packet key = stream.temporal(0, false, true);
            camera.accept(key, 0, nowNs);
            key.release();
            assertThat(Allocations.of(PACKETS, this::forwardLayered)).isZero();
        });
        assertForwarded(SUBSCRIBERS / 2 * (PACKETS + PACKETS / 2));
    }

    @Test
    void aRepairAllocatesNothingEither() {
        camera.encoding(0).bind(1, true);
        loop.turn(() -> {
            Encrypting sink = new Encrypting(loop.packets(), limits);
            OutgoingTrack subscriber = subscriber(0, true, sink);
            subscriber.show(camera, nowNs);
            Packet key = stream.keyFrame();
            camera.accept(key, 0, nowNs);
            key.release();
            assertThat(Allocations.of(PACKETS, () -> {
                        forward();
                        subscriber.onNack(sink.lastSeq, nowNs);
                        subscriber.onTime(nowNs);
                    }))
                    .isZero();
        });
        assertThat(loop.counters().get(SfuCounter.RTX_SENT)).isGreaterThan(PACKETS);
    }
}
