package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.LimitsWith;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.SctpEnd.Reason;
import dev.parley.sfu.sctp.packet.AbortChunk;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.CookieEchoChunk;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.ErrorCause;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.HeartbeatChunk;
import dev.parley.sfu.sctp.packet.InitChunk;
import dev.parley.sfu.sctp.packet.Payload;
import dev.parley.sfu.sctp.packet.ReconfigChunk;
import dev.parley.sfu.sctp.packet.ReconfigParameter;
import dev.parley.sfu.sctp.packet.SackChunk;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Peers that want to break an association: it costs them theirs at most, and bounded memory here.
class SctpHostileTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final int FIRST = RawPeer.FIRST_TSN;
    private static final int MANY = 200_000;

    // ---- D02 ----

    @Test
    @DisplayName("hostile D02 a flood of INITs is answered ten times a second and leaves nothing")
    void hostile_D02_aFloodOfInitsIsAnsweredTenTimesASecond() {
        RawPeer raw = RawPeer.connected();
        for (int i = 0; i < 10_000; i++) {
            raw.receive(0, raw.init(i + 1));
        }
        assertThat(raw.said(InitChunk.class)).hasSizeLessThanOrEqualTo(10);
        assertThat(raw.counters.get(SfuCounter.LIMIT_SCTP_INITS)).isGreaterThanOrEqualTo(9_990);
        raw.say(raw.fragment(FIRST, 0, true, true, 10));
        assertThat(raw.events(SctpEvent.Message.class)).hasSize(1);
        assertThat(raw.end()).isNull();
    }

    @Test
    @DisplayName("hostile D02 an INIT with 65,535 streams gets 1,024")
    void hostile_D02_manyStreamsAreCut() {
        RawPeer raw = new RawPeer(SctpRig.SETTINGS);
        InitChunk ack = raw.initAck(RawPeer.OUR_TAG);
        assertThat(ack.incomingStreams()).isEqualTo(1024);
        raw.say(new CookieEchoChunk(ack.parameters().cookie()));
        assertThat(raw.events(SctpEvent.Established.class).getFirst().outgoingStreams())
                .isEqualTo(1024);
        RawPeer established = RawPeer.connected();
        established.say(established.fragment(1024, FIRST, 0, true, true, false, 10));
        assertThat(established.events(SctpEvent.Message.class)).isEmpty();
        established.say(established.fragment(1023, FIRST + 1, 0, true, true, false, 10));
        assertThat(established.events(SctpEvent.Message.class)).hasSize(1);
        assertThat(established.end()).isNull();
    }

    @Test
    @DisplayName("hostile D02 a cookie that was not made here opens nothing, a replayed one disturbs nothing")
    void hostile_D02_forgedAndReplayedCookies() {
        RawPeer raw = new RawPeer(SctpRig.SETTINGS);
        byte[] cookie = raw.initAck(RawPeer.OUR_TAG).parameters().cookie();
        for (int i = 0; i < cookie.length; i++) {
            byte[] forged = cookie.clone();
            forged[i] ^= 1;
            raw.pass(SECOND_NS / 10);
            raw.say(new CookieEchoChunk(forged));
            assertThat(raw.association.isEstablished()).isFalse();
        }
        assertThat(raw.counters.get(SfuCounter.SCTP_COOKIE)).isEqualTo(cookie.length);
        raw.pass(SECOND_NS);
        raw.say(new CookieEchoChunk(cookie));
        assertThat(raw.association.isEstablished()).isTrue();

        int theirTag = raw.theirTag;
        byte[] others = raw.initAck(RawPeer.OUR_TAG + 1).parameters().cookie();
        raw.theirTag = theirTag;
        for (int i = 0; i < 1_000; i++) {
            raw.receive(theirTag, new CookieEchoChunk(cookie));
            raw.receive(theirTag + 1, new CookieEchoChunk(others));
        }
        assertThat(raw.events(SctpEvent.Established.class)).hasSize(1);
        raw.say(raw.fragment(FIRST, 0, true, true, 10));
        assertThat(raw.events(SctpEvent.Message.class)).hasSize(1);
    }

    // ---- D03 ----

    @Test
    @DisplayName("hostile D03 gaps without end are forgotten beyond the limit")
    void hostile_D03_gapsWithoutEnd() {
        RawPeer raw = RawPeer.connected();
        for (int i = 1; i < MANY; i++) {
            raw.say(raw.fragment(FIRST + 2 * i, i, true, true, 10));
            raw.sent.clear();
        }
        assertThat(raw.counters.get(SfuCounter.LIMIT_SCTP_GAPS)).isGreaterThan(MANY / 2);
        assertThat(raw.events(SctpEvent.Message.class)).isEmpty();
        assertThat(raw.end()).isNull();
        raw.say(raw.fragment(FIRST, 0, true, true, 10), raw.fragment(FIRST + 1, 0, true, true, 10));
        raw.pass(SECOND_NS);
        SackChunk sack = raw.said(SackChunk.class).getLast();
        assertThat(sack.cumulativeTsn()).isEqualTo(FIRST + 2);
        assertThat(sack.gaps().length / 2).isLessThanOrEqualTo(512);
    }

    @Test
    @DisplayName("hostile D03 fragments of one byte that never end are cut off at 1 MiB")
    void hostile_D03_fragmentsThatNeverEnd() {
        for (boolean unordered : new boolean[] {false, true}) {
            RawPeer raw = RawPeer.connected();
            int tsn = FIRST;
            for (int stream = 0; raw.end() == null && tsn < FIRST + MANY; stream = (stream + 1) % 1024) {
                raw.say(raw.fragment(stream, tsn++, 0, true, false, unordered, 1));
                raw.sent.removeIf(packet -> Wire.chunks(packet).stream().noneMatch(AbortChunk.class::isInstance));
            }
            assertThat(Objects.requireNonNull(raw.end()).reason()).isEqualTo(Reason.OUT_OF_RESOURCE);
            assertThat(tsn - FIRST).isLessThan(1024 * 1024 / 128 + 2);
            assertThat(raw.said(AbortChunk.class).getLast().causes().getFirst().code())
                    .isEqualTo(ErrorCause.OUT_OF_RESOURCE);
        }
    }

    @Test
    @DisplayName("hostile D03 a message longer than announced is a violation")
    void hostile_D03_aMessageOfAHundredMegabytes() {
        for (boolean unordered : new boolean[] {false, true}) {
            RawPeer raw = RawPeer.connected();
            int most = Limits.defaults().sctpMessageBytes();
            int tsn = FIRST;
            int sent = 0;
            while (raw.end() == null && sent < 100_000_000) {
                raw.say(raw.fragment(0, tsn, 0, tsn == FIRST, false, unordered, 1000));
                tsn++;
                sent += 1000;
            }
            assertThat(Objects.requireNonNull(raw.end()).reason()).isEqualTo(Reason.VIOLATION);
            assertThat(raw.said(AbortChunk.class).getLast().causes().getFirst().code())
                    .isEqualTo(ErrorCause.PROTOCOL_VIOLATION);
            assertThat(sent).isBetween(most, most + 2000);
        }
    }

    /// What closes a gap is taken beyond the limit, or nothing would ever be freed.
    @Test
    void aFullBufferIsFreedByWhatIsMissing() {
        RawPeer raw = RawPeer.connected(
                SctpSettings.of(LimitsWith.of("sctpReceiveBytes", 20_000)).withInterleaving(false));
        for (int i = 1; i < 30; i++) {
            raw.say(raw.fragment(FIRST + i, i, true, true, 1000));
        }
        assertThat(raw.counters.get(SfuCounter.LIMIT_SCTP_RECEIVE)).isGreaterThan(0);
        assertThat(raw.said(SackChunk.class).getLast().window()).isZero();
        raw.say(raw.fragment(FIRST, 0, true, true, 1000));
        assertThat(raw.events(SctpEvent.Message.class)).hasSizeGreaterThan(15);
        assertThat(raw.said(SackChunk.class).getLast().window()).isEqualTo(20_000);
        assertThat(raw.end()).isNull();
    }

    // ---- D04 ----

    @Test
    @DisplayName("hostile D04 a peer with a closed window holds 1 MiB and is told of after ten seconds")
    void hostile_D04_aClosedWindow() {
        RawPeer raw = RawPeer.connected();
        Payload shared = Payload.of(new byte[10_000]);
        while (raw.association.send(0, 53, shared, Reliability.reliable(true), raw.nowNs) == SendResult.QUEUED) {
            assertThat(raw.association.heldBytes()).isLessThanOrEqualTo(1024 * 1024);
        }
        for (int i = 0; i < 95; i++) {
            acknowledgeNothing(raw);
            raw.pass(SECOND_NS / 10);
        }
        assertThat(raw.events(SctpEvent.PeerStuck.class)).isEmpty();
        for (int i = 0; i < 20; i++) {
            acknowledgeNothing(raw);
            raw.pass(SECOND_NS / 10);
        }
        assertThat(raw.events(SctpEvent.PeerStuck.class)).hasSize(1);
        assertThat(raw.end()).isNull();
        raw.association.abort("slow_consumer");
        assertThat(raw.association.heldBytes()).isZero();
    }

    private static void acknowledgeNothing(RawPeer raw) {
        raw.say(new SackChunk(raw.theirFirstTsn - 1, 0, new int[0], new int[0]));
    }

    @Test
    @DisplayName("hostile D04 a peer that takes a little now and then is told of as well")
    void hostile_D04_aTrickle() {
        RawPeer raw = RawPeer.connected();
        Payload shared = Payload.of(new byte[1_000]);
        int acknowledged = raw.theirFirstTsn;
        for (int i = 0; i < 12; i++) {
            while (raw.association.send(0, 53, shared, Reliability.reliable(true), raw.nowNs) == SendResult.QUEUED) {
                assertThat(raw.association.heldBytes()).isLessThanOrEqualTo(1024 * 1024);
            }
            raw.pass(SECOND_NS);
            raw.say(new SackChunk(acknowledged++, 2_000, new int[0], new int[0]));
        }
        assertThat(raw.events(SctpEvent.PeerStuck.class)).hasSize(1);
    }

    @Test
    @DisplayName("hostile D04 a closed window is probed and opens again")
    void hostile_D04_aClosedWindowOpensAgain() {
        RawPeer raw = RawPeer.connected();
        raw.association.send(0, 53, Payload.of(new byte[50_000]), Reliability.reliable(true), raw.nowNs);
        int got = raw.said(DataChunk.class).size();
        raw.say(new SackChunk(raw.theirFirstTsn + got - 1, 0, new int[0], new int[0]));
        assertThat(raw.said(DataChunk.class)).hasSize(got + 1);
        raw.pass(3 * SECOND_NS);
        raw.say(new SackChunk(raw.theirFirstTsn + got, 100_000, new int[0], new int[0]));
        assertThat(raw.said(DataChunk.class)).extracting(d -> d.header().tsn()).contains(raw.theirFirstTsn + got + 1);
    }

    // ---- D06 ----

    @Test
    @DisplayName("hostile D06 whoever acknowledges what was not sent is cut off")
    void hostile_D06_acknowledgesWhatWasNotSent() {
        RawPeer raw = RawPeer.connected();
        raw.say(new SackChunk(raw.theirFirstTsn, 1000, new int[0], new int[0]));
        assertThat(Objects.requireNonNull(raw.end()).reason()).isEqualTo(Reason.VIOLATION);
        assertThat(raw.said(AbortChunk.class).getFirst().causes().getFirst().code())
                .isEqualTo(ErrorCause.PROTOCOL_VIOLATION);
        RawPeer gaps = RawPeer.connected();
        gaps.say(new SackChunk(gaps.theirFirstTsn - 1, 1000, new int[] {2, 9}, new int[0]));
        assertThat(Objects.requireNonNull(gaps.end()).reason()).isEqualTo(Reason.VIOLATION);
    }

    @Test
    @DisplayName("hostile D06 whoever forwards or resets beyond reach is cut off")
    void hostile_D06_forwardsAndResetsBeyondReach() {
        RawPeer forward = RawPeer.connected();
        forward.say(new ForwardTsnChunk(false, FIRST + 70_000, new ForwardTsnChunk.Skipped[0]));
        assertThat(Objects.requireNonNull(forward.end()).reason()).isEqualTo(Reason.VIOLATION);
        RawPeer reset = RawPeer.connected();
        reset.say(reset(FIRST, FIRST + 70_000, 1));
        assertThat(Objects.requireNonNull(reset.end()).reason()).isEqualTo(Reason.VIOLATION);
    }

    private static ReconfigChunk reset(int number, int lastTsn, int... streams) {
        return new ReconfigChunk(List.of(new ReconfigParameter.OutgoingReset(number, 0, lastTsn, streams)));
    }

    @Test
    @DisplayName("hostile D06 a flood of resets is answered once a packet, and of streams that there are not")
    void hostile_D06_aFloodOfResets() {
        RawPeer raw = RawPeer.connected();
        Chunk[] flood = new Chunk[50];
        for (int i = 0; i < flood.length; i++) {
            flood[i] = reset(FIRST + i, FIRST - 1, 1, 2, 3);
        }
        raw.say(flood);
        assertThat(raw.sent).hasSize(1);
        raw.say(reset(FIRST + 50, FIRST - 1, 60_000));
        raw.say(reset(FIRST + 500, FIRST - 1, 1));
        assertThat(raw.said(ReconfigChunk.class)).hasSize(3);
        assertThat(raw.end()).isNull();
    }

    @Test
    @DisplayName("hostile D06 streams skipped that there are not cost nothing")
    void hostile_D06_skippedStreamsThatThereAreNot() {
        RawPeer raw = RawPeer.connected();
        ForwardTsnChunk.Skipped[] skipped = new ForwardTsnChunk.Skipped[250];
        for (int round = 0; round < 250; round++) {
            for (int i = 0; i < skipped.length; i++) {
                skipped[i] = new ForwardTsnChunk.Skipped(1024 + round * 250 + i, false, i);
            }
            raw.say(new ForwardTsnChunk(false, FIRST + round, skipped));
        }
        assertThat(raw.end()).isNull();
    }

    @Test
    @DisplayName("hostile D06 data of the wrong kind, or none, is a violation")
    void hostile_D06_dataOfTheWrongKind() {
        RawPeer mixed = RawPeer.connected();
        mixed.interleaved = true;
        mixed.say(mixed.fragment(FIRST, 0, true, true, 10));
        assertThat(Objects.requireNonNull(mixed.end()).reason()).isEqualTo(Reason.VIOLATION);
        RawPeer empty = RawPeer.connected();
        empty.say(empty.fragment(FIRST, 0, true, true, 0));
        assertThat(empty.said(AbortChunk.class).getFirst().causes().getFirst().code())
                .isEqualTo(ErrorCause.NO_USER_DATA);
    }

    @Test
    @DisplayName("hostile D06 a flood of heartbeats is answered ten times a second")
    void hostile_D06_aFloodOfHeartbeats() {
        RawPeer raw = RawPeer.connected();
        for (int i = 0; i < 1_000; i++) {
            raw.say(new HeartbeatChunk(false, new byte[500]));
        }
        assertThat(raw.said(HeartbeatChunk.class)).hasSizeLessThanOrEqualTo(10);
    }

    // ---- one that is cut off harms nobody else ----

    @Test
    @DisplayName("hostile D06 only the offender is cut off")
    void hostile_D06_onlyTheOffender() {
        RawPeer offender = RawPeer.connected();
        RawPeer bystander = RawPeer.connected();
        offender.say(new SackChunk(offender.theirFirstTsn + 5, 0, new int[0], new int[0]));
        bystander.say(bystander.fragment(FIRST, 0, true, true, 10));
        assertThat(offender.end()).isNotNull();
        assertThat(bystander.end()).isNull();
        assertThat(bystander.events(SctpEvent.Message.class)).hasSize(1);
    }
}
