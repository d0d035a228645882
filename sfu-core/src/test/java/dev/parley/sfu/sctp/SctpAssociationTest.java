package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.LimitsWith;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.SctpEnd.Reason;
import dev.parley.sfu.sctp.packet.AbortChunk;
import dev.parley.sfu.sctp.packet.CookieAckChunk;
import dev.parley.sfu.sctp.packet.CookieEchoChunk;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.ErrorCause;
import dev.parley.sfu.sctp.packet.ErrorChunk;
import dev.parley.sfu.sctp.packet.HeartbeatChunk;
import dev.parley.sfu.sctp.packet.InitChunk;
import dev.parley.sfu.sctp.packet.InitParameters;
import dev.parley.sfu.sctp.packet.Payload;
import dev.parley.sfu.sctp.packet.SackChunk;
import dev.parley.sfu.sctp.packet.ShutdownAckChunk;
import dev.parley.sfu.sctp.packet.ShutdownChunk;
import dev.parley.sfu.sctp.packet.ShutdownCompleteChunk;
import dev.parley.sfu.sctp.packet.UnknownChunk;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SctpAssociationTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final LinkConfig LINK = LinkConfig.perfect().withDelayMs(10);

    @Test
    void eitherSideMayBegin() {
        SctpRig rig = new SctpRig(1, LINK);
        rig.bob.start();
        rig.run(1);
        assertThat(rig.alice.connections).isEqualTo(1);
        assertThat(rig.bob.connections).isEqualTo(1);
    }

    @Test
    void bothMayBeginAtOnce() {
        SctpRig rig = new SctpRig(1, LINK);
        rig.alice.start();
        rig.bob.start();
        rig.run(1);
        assertThat(rig.alice.connections).isEqualTo(1);
        assertThat(rig.bob.connections).isEqualTo(1);
        rig.alice.send(rig.alice.open(ChannelOptions.of("")), "hello");
        rig.run(1);
        assertThat(rig.bob.texts()).containsExactly("hello");
    }

    /// Any one packet of the handshake may be lost, in either direction.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theHandshakeRepeatsWhatWasLost(int lost) {
        for (boolean alices : new boolean[] {true, false}) {
            SctpRig rig = new SctpRig(1, LINK);
            (alices ? rig.alice : rig.bob).passes = (packet, number) -> number != lost;
            rig.alice.start();
            DataChannel channel = rig.alice.open(ChannelOptions.of(""));
            rig.alice.send(channel, "hello");
            rig.run(4);
            assertThat(rig.bob.texts()).containsExactly("hello");
            assertThat(rig.alice.connections).isEqualTo(1);
            assertThat(rig.bob.connections).isEqualTo(1);
        }
    }

    @Test
    void nobodyAnswersForEver() {
        SctpRig rig = new SctpRig(1, LINK);
        rig.alice.passes = (packet, number) -> false;
        rig.alice.start();
        rig.run(30);
        assertThat(rig.alice.end).isNull();
        rig.run(60);
        assertThat(Objects.requireNonNull(rig.alice.end).reason()).isEqualTo(Reason.NO_ANSWER);
    }

    @Test
    void anInitLeavesNothingBehind() {
        RawPeer raw = new RawPeer(SctpRig.SETTINGS);
        raw.initAck(7);
        raw.initAck(8);
        assertThat(raw.association.nextTimeNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(raw.association.isEstablished()).isFalse();
    }

    @Test
    void aCookieOfAnotherTimeIsStale() {
        RawPeer raw = new RawPeer(SctpRig.SETTINGS);
        InitChunk ack = raw.initAck(RawPeer.OUR_TAG);
        raw.pass(61 * SECOND_NS);
        raw.sent.clear();
        raw.say(new CookieEchoChunk(ack.parameters().cookie()));
        assertThat(raw.association.isEstablished()).isFalse();
        assertThat(raw.said(ErrorChunk.class).getFirst().causes().getFirst().code())
                .isEqualTo(ErrorCause.STALE_COOKIE);
    }

    /// The peer's page was loaded anew over the same DTLS: a new association takes the old one's place, RFC 9260 §5.2.
    @Test
    void aPeerThatForgotEverythingBeginsAgain() {
        SctpRig rig = SctpRig.connected();
        DataChannel before = rig.alice.open(ChannelOptions.of("before"));
        rig.run(1);
        rig.bob.forget();
        rig.bob.start();
        rig.run(3);
        assertThat(before.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(rig.alice.connections).isEqualTo(2);
        assertThat(rig.alice.end).isNull();
        rig.bob.send(rig.bob.open(ChannelOptions.of("after")), "again");
        rig.run(1);
        assertThat(rig.alice.texts()).containsExactly("again");
    }

    @Test
    void aLostCookieAckIsSentAgain() {
        RawPeer raw = new RawPeer(SctpRig.SETTINGS);
        InitChunk ack = raw.initAck(RawPeer.OUR_TAG);
        raw.say(new CookieEchoChunk(ack.parameters().cookie()));
        raw.sent.clear();
        raw.say(new CookieEchoChunk(ack.parameters().cookie()));
        assertThat(raw.said(CookieAckChunk.class)).hasSize(1);
        assertThat(raw.events(SctpEvent.Established.class)).hasSize(1);
    }

    /// RFC 9653: each side says for itself what it takes.
    @Test
    void checksumsAreLeftOutOnlyTowardWhomTakesThatSo() {
        SctpRig rig = SctpRig.connected(SctpRig.SETTINGS, SctpRig.SETTINGS.withZeroChecksum(false));
        rig.alice.keepsPackets = true;
        rig.bob.keepsPackets = true;
        rig.alice.send(rig.alice.open(ChannelOptions.of("")), "hello");
        rig.run(1);
        assertThat(rig.bob.texts()).containsExactly("hello");
        assertThat(rig.alice.sent).noneMatch(SctpAssociationTest::hasNoChecksum);

        SctpRig both = SctpRig.connected();
        both.alice.keepsPackets = true;
        both.alice.send(both.alice.open(ChannelOptions.of("")), "hello");
        both.run(1);
        assertThat(both.bob.texts()).containsExactly("hello");
        assertThat(both.alice.sent).isNotEmpty().allMatch(SctpAssociationTest::hasNoChecksum);
    }

    private static boolean hasNoChecksum(byte[] packet) {
        return Bytes.i32(packet, 8) == 0;
    }

    @Test
    void aWrongChecksumOrTagIsDropped() {
        RawPeer raw = RawPeer.connected();
        byte[] packet = Wire.packet(raw.theirTag, raw.fragment(RawPeer.FIRST_TSN, 0, true, true, 10));
        packet[20] ^= 1;
        raw.receive(packet);
        raw.receive(raw.theirTag + 1, raw.fragment(RawPeer.FIRST_TSN, 0, true, true, 10));
        assertThat(raw.counters.get(SfuCounter.SCTP_CHECKSUM)).isEqualTo(1);
        assertThat(raw.counters.get(SfuCounter.SCTP_TAG)).isEqualTo(1);
        assertThat(raw.events(SctpEvent.Message.class)).isEmpty();
    }

    @Test
    void acknowledgesTheFirstAtOnceAndThenEverySecond() {
        RawPeer raw = RawPeer.connected();
        raw.say(raw.fragment(1000, 0, true, true, 10));
        assertThat(raw.said(SackChunk.class)).hasSize(1);
        raw.say(raw.fragment(1001, 1, true, true, 10));
        assertThat(raw.said(SackChunk.class)).hasSize(1);
        raw.say(raw.fragment(1002, 2, true, true, 10));
        assertThat(raw.said(SackChunk.class)).hasSize(2);
        raw.say(raw.fragment(1003, 3, true, true, 10));
        raw.pass(SECOND_NS / 5);
        assertThat(raw.said(SackChunk.class)).hasSize(3);
        assertThat(raw.said(SackChunk.class).getLast().cumulativeTsn()).isEqualTo(1003);
    }

    @Test
    void tellsGapsAndDuplicatesAtOnce() {
        RawPeer raw = RawPeer.connected();
        raw.say(raw.fragment(1000, 0, true, true, 10));
        raw.say(raw.fragment(1003, 3, true, true, 10));
        raw.say(raw.fragment(1003, 3, true, true, 10));
        SackChunk sack = raw.said(SackChunk.class).getLast();
        assertThat(sack.cumulativeTsn()).isEqualTo(1000);
        assertThat(sack.gaps()).containsExactly(3, 3);
        assertThat(sack.duplicates()).containsExactly(1003);
    }

    @Test
    void sendsAgainAfterTheTimeout() {
        RawPeer raw = RawPeer.connected();
        raw.association.send(0, 51, Payload.of(new byte[10]), Reliability.reliable(true), raw.nowNs);
        assertThat(raw.said(DataChunk.class)).hasSize(1);
        raw.pass(SECOND_NS / 2);
        assertThat(raw.said(DataChunk.class)).hasSize(2);
        raw.pass(SECOND_NS);
        assertThat(raw.said(DataChunk.class)).hasSize(3);
        assertThat(raw.said(DataChunk.class)).extracting(d -> d.header().tsn()).containsOnly(raw.theirFirstTsn);
    }

    @Test
    void aPeerThatNeverAnswersIsGone() {
        RawPeer raw = RawPeer.connected();
        raw.association.send(0, 51, Payload.of(new byte[10]), Reliability.reliable(true), raw.nowNs);
        raw.pass(30 * SECOND_NS);
        assertThat(raw.end()).isNull();
        raw.pass(30 * SECOND_NS);
        assertThat(Objects.requireNonNull(raw.end()).reason()).isEqualTo(Reason.PEER_GONE);
        assertThat(raw.association.send(0, 51, Payload.of(new byte[1]), Reliability.reliable(true), raw.nowNs))
                .isEqualTo(SendResult.CLOSED);
    }

    @Test
    void asksAQuietPeerWhetherItIsThere() {
        SctpRig rig = SctpRig.connected();
        rig.alice.keepsPackets = true;
        rig.run(100);
        assertThat(Wire.all(rig.alice.sent, HeartbeatChunk.class)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(rig.alice.end).isNull();
        rig.bob.passes = (packet, number) -> false;
        rig.run(500);
        assertThat(Objects.requireNonNull(rig.alice.end).reason()).isEqualTo(Reason.PEER_GONE);
    }

    @Test
    void shutdownSendsWhatWaitsOnBothSides() {
        SctpRig rig = SctpRig.connected();
        DataChannel channel = rig.alice.open(ChannelOptions.of(""));
        rig.run(1);
        rig.alice.send(channel, MessageKind.BINARY, new byte[200_000]);
        rig.bob.send(rig.bob.opened.getFirst(), MessageKind.BINARY, new byte[100_000]);
        rig.alice.shutdown();
        rig.run(5);
        assertThat(rig.bob.received).hasSize(1);
        assertThat(rig.alice.received).hasSize(1);
        assertThat(rig.alice.end).isEqualTo(new SctpEnd(Reason.SHUTDOWN, ""));
        assertThat(rig.bob.end).isEqualTo(new SctpEnd(Reason.SHUTDOWN, ""));
    }

    @Test
    void bothMayShutDownAtOnceAndLosePackets() {
        for (int lost = 0; lost < 4; lost++) {
            int number = lost;
            SctpRig rig = SctpRig.connected();
            int[] count = {0};
            rig.alice.passes = (packet, n) -> count[0]++ != number;
            rig.alice.shutdown();
            if (lost % 2 == 0) {
                rig.bob.shutdown();
            }
            rig.run(20);
            assertThat(Objects.requireNonNull(rig.alice.end).reason()).isEqualTo(Reason.SHUTDOWN);
            assertThat(Objects.requireNonNull(rig.bob.end).reason()).isEqualTo(Reason.SHUTDOWN);
        }
    }

    @Test
    void dataThatComesAfterOurShutdownIsTakenAndAnswered() {
        RawPeer raw = RawPeer.connected();
        raw.association.shutdown(raw.nowNs);
        assertThat(raw.said(ShutdownChunk.class)).hasSize(1);
        raw.say(raw.fragment(1000, 0, true, true, 10));
        assertThat(raw.events(SctpEvent.Message.class)).hasSize(1);
        assertThat(raw.said(ShutdownChunk.class).getLast().cumulativeTsn()).isEqualTo(1000);
        raw.say(new ShutdownAckChunk());
        assertThat(raw.said(ShutdownCompleteChunk.class)).hasSize(1);
        raw.say(new ShutdownAckChunk());
        assertThat(raw.said(ShutdownCompleteChunk.class)).hasSize(2);
        assertThat(raw.events(SctpEvent.Ended.class)).hasSize(1);
    }

    @Test
    void anAbortOfTheRightTagEndsIt() {
        RawPeer raw = RawPeer.connected();
        AbortChunk abort = new AbortChunk(false, List.of(ErrorCause.of(ErrorCause.USER_ABORT, "bye")));
        raw.receive(raw.theirTag + 1, abort);
        assertThat(raw.end()).isNull();
        raw.say(abort);
        assertThat(raw.end()).isEqualTo(new SctpEnd(Reason.PEER_ABORTED, "bye"));
    }

    @Test
    void unknownChunksAreSkippedAndReportedAsTheirTypesAsk() {
        RawPeer raw = RawPeer.connected();
        raw.say(new UnknownChunk(0xc1, 0, new byte[4]), raw.fragment(1000, 0, true, true, 1));
        assertThat(raw.events(SctpEvent.Message.class)).hasSize(1);
        assertThat(raw.said(ErrorChunk.class).getFirst().causes().getFirst().code())
                .isEqualTo(ErrorCause.UNRECOGNIZED_CHUNK);
        raw.say(new UnknownChunk(0x3f, 0, new byte[4]), raw.fragment(1001, 1, true, true, 1));
        assertThat(raw.events(SctpEvent.Message.class)).hasSize(1);
    }

    @Test
    void aPeerWithoutResetsClosesNothing() {
        RawPeer raw = new RawPeer(SctpRig.SETTINGS);
        InitParameters plain = InitParameters.of(false, false, false, false);
        raw.receive(0, new InitChunk(false, RawPeer.OUR_TAG, 100_000, 10, 10, 1, plain));
        InitChunk ack = (InitChunk) Wire.chunks(raw.sent.getLast()).getFirst();
        raw.receive(ack.initiateTag(), new CookieEchoChunk(ack.parameters().cookie()));
        assertThat(raw.events(SctpEvent.Established.class).getFirst().outgoingStreams())
                .isEqualTo(10);
        assertThat(raw.association.canReset()).isFalse();
        raw.association.resetStream(3, raw.nowNs);
        raw.poll();
        assertThat(raw.events).contains(new SctpEvent.OutgoingReset(3));
    }

    /// 1 MiB and no more, whatever is offered.
    @Test
    void theSendBufferHasALimit() {
        SctpRig rig = SctpRig.connected(SctpSettings.of(LimitsWith.of("sctpSendBytes", 100_000)), SctpRig.SETTINGS);
        DataChannel channel = rig.alice.open(ChannelOptions.of(""));
        rig.bob.passes = (packet, number) -> false;
        assertThat(rig.alice.send(channel, MessageKind.BINARY, new byte[60_000]))
                .isEqualTo(SendResult.QUEUED);
        assertThat(rig.alice.send(channel, MessageKind.BINARY, new byte[60_000]))
                .isEqualTo(SendResult.FULL);
        assertThat(rig.alice.channels.heldBytes()).isLessThanOrEqualTo(100_000);
        assertThat(rig.alice.counters.get(SfuCounter.LIMIT_SCTP_SEND)).isEqualTo(1);
    }
}
