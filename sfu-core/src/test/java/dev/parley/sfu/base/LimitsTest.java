package dev.parley.sfu.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Each limit has a test that breaches it. Whoever adds a limit adds its test here; whoever renames a test is told.
final class LimitsTest {
    private static final String ROOT = "dev.parley.sfu.";

    /// Component and, as `package.Class#method`, what breaches it.
    private static final Map<String, String> BREACHED_BY = new TreeMap<>();

    static {
        put(
                "addressesPerSession",
                "ice.IceHostileTest#hostile_A04_aThousandPortsLeaveEightAddressesAndTheActiveOneUnharmed");
        put("ssrcsPerSession", "session.HostileSourcesTest#hostile_C04_anotherSsrcWithEachPacketIsCapped");
        put("ssrcsSentPerSession", "srtp.SrtpSenderTest#hasALimitOfSources");
        put("heldPacketsPerSsrc", "session.HeldPacketsTest#eightOfASource");
        put("heldNs", "session.HeldPacketsTest#forHalfASecond");
        put("sdpBytes", "sdp.HostileSdpTest#hostile_E09_tooLarge");
        put("sdpSections", "sdp.HostileSdpTest#hostile_E09_tooLarge");
        put("sdpCandidates", "sdp.HostileSdpTest#hostile_E09_tooLarge");
        put("sdpRids", "sdp.HostileSdpTest#hostile_E09_tooLarge");
        put("sdpCodecs", "sdp.HostileSdpTest#hostile_E09_tooLarge");
        put("sdpSectionLines", "sdp.HostileSdpTest#hostile_E09_tooLarge");
        put("sdpLineBytes", "sdp.HostileSdpTest#hostile_E09_tooLarge");
        put("halfOpenHandshakes", "dtls.DtlsHostileTest#hostile_B02_halfOpenHandshakesAreFreed");
        put("handshakeNs", "dtls.DtlsHostileTest#hostile_B02_halfOpenHandshakesAreFreed");
        put("handshakeBytes", "dtls.DtlsHostileTest#hostile_B03_reassemblyIsBounded");
        put("amplification.factor", "dtls.AmplificationTest#allowsThreeTimesWhatCame");
        put("amplification.floorBytes", "dtls.DtlsHandshakeTest#neverSendsMoreThanTheLimitToWhoeverOnlySaysHello");
        put("awayWithMediaNs", "ice.IceLiteTest#awayThenSilentThenClosed");
        put("awayIdleNs", "ice.IceLiteTest#theIdleAreAwayLater");
        put("sendingStopsNs", "ice.IceLiteTest#awayThenSilentThenClosed");
        put("transportClosesNs", "ice.IceLiteTest#awayThenSilentThenClosed");
        put("missingPerTrack", "media.NackRequestsTest#aGapLargerThanTheLimitNeedsAKeyFrameAtOnce");
        put("nacksPerPacket", "media.NackRequestsTest#asksAgainWhenTheAnswerWouldHaveComeAndGivesUpInTheEnd");
        put("history.packets", "media.TrackFeedTest#keepsNotMoreThanTheLimit");
        put("history.ns", "media.TrackFeedTest#keepsThemForASecond");
        put("resendsPerPacket", "media.OutgoingTrackTest#aNackStormIsAnsweredAFewTimesAPacket");
        put("repairPercent", "media.RepairTest#hostile_C07_aNackStormGetsAFifthOfWhatWasSent");
        put("repairsPerSecondMin", "media.RepairShareTest#aFewPacketsWhereLittleIsSent");
        put("keyFrameIntervalNs", "media.IncomingTrackTest#manyWishesAreOneRequestInHalfASecond");
        put("datagramBytes", "media.PacketBuilderTest#optionalExtensionsGoBeforeADatagramGetsTooLong");
        put("handOverPackets", "edge.OverloadTest#handsOverNoMoreThanTheLimitToALoopThatDoesNotTakeIt");
        put("tileSlots", "room.SlotPoolTest#aGrownPoolHasTwelveTilesMoreAndAsManyVoices");
        put("voiceSlots", "room.SlotPoolTest#aGrownPoolHasTwelveTilesMoreAndAsManyVoices");
        put("shareSlots", "room.SubscriptionsTest#asManyScreensAsThereAreSlotsForThem");
        put("slotsMax", "room.SlotPoolTest#holdsNoMoreThanItsLimit");
        put("voicesForwarded", "room.SubscriptionsTest#whoeverMadeSoundLastIsHeard");
        put("tilesForwarded", "room.SubscriptionsTest#theFirstByTheOrderOfJoiningAndNeverOneself");
        put("voiceHoldNs", "room.SlotsTest#aVoiceGivesItsSlotUpOnlyWhenItIsSilent");
        put("holdsKept", "room.HoldsTest#theOldestIsForgotten");
        put("sessionsPerLoop", "edge.UdpEdgeTest#refusesEndpointsBeyondTheLimit");
        put("tcpQueueBytes", "stream.FrameQueueTest#holdsNoMoreBytesThanTheLimit");
        put("tcpQueuePackets", "stream.FrameQueueTest#holdsNoMorePacketsThanTheLimit");
        put("tcpQueueNs", "stream.FrameQueueTest#dropsWhatHasWaitedTooLong");
        put("localAddresses", "edge.AddressFollowingTest#bindsNoMoreAddressesThanTheLimit");
        put("sctpSendBytes", "sctp.SctpAssociationTest#theSendBufferHasALimit");
        put("sctpReceiveBytes", "sctp.SctpHostileTest#hostile_D03_fragmentsThatNeverEnd");
        put("sctpMessageBytes", "sctp.SctpHostileTest#hostile_D03_aMessageOfAHundredMegabytes");
        put("sctpStreams", "sctp.SctpHostileTest#hostile_D02_manyStreamsAreCut");
        put("sctpGaps", "sctp.SctpHostileTest#hostile_D03_gapsWithoutEnd");
        put("sctpInitsPerSecond", "sctp.SctpHostileTest#hostile_D02_aFloodOfInitsIsAnsweredTenTimesASecond");
        put("sctpFailures", "sctp.SctpAssociationTest#aPeerThatNeverAnswersIsGone");
        put("sctpStuckNs", "sctp.SctpHostileTest#hostile_D04_aClosedWindow");
        put("dataChannels", "sctp.DataChannelsHostileTest#hostile_D05_noMoreChannelsThanTheLimit");
        put("dataMessagesPerSecond", "sim.SimDataTest#hostile_D08_whoSendsFarTooMuchIsCutOffAndStaysInTheCall");
        put("packetsInFlight", "bwe.SentPacketsTest#growsWhileReportsAreAwaitedAndForgetsTheOldestAtTheLimit");
        put("sendQueueBytes", "session.PictureQueueTest#takesNoMoreBytesThanTheLimit");
        put("sendQueueNs", "session.PictureQueueTest#theStreamWithTheMostBytesPausesWhenTooMuchWaits");
        put("sendBps", "bwe.BandwidthEstimatorTest#neverMoreThanTheLimitWhateverArrives");
        put("dataChannelNameBytes", "sctp.DataChannelsTest#aNameThatIsTooLongIsRefused");
    }

    private static void put(String component, String test) {
        BREACHED_BY.put(component, test);
    }

    @Test
    void everyLimitHasATestThatBreachesIt() throws ReflectiveOperationException {
        assertThat(BREACHED_BY.keySet()).isEqualTo(values("", Limits.defaults()).keySet());
    }

    /// Each limit by its name, those that belong together as `history.packets`.
    private static Map<String, Number> values(String prefix, Record of) throws ReflectiveOperationException {
        Map<String, Number> values = new TreeMap<>();
        for (RecordComponent component : of.getClass().getRecordComponents()) {
            String name = prefix + component.getName();
            Object value = component.getAccessor().invoke(of);
            if (value instanceof Record several) {
                values.putAll(values(name + ".", several));
            } else {
                values.put(name, (Number) value);
            }
        }
        return values;
    }

    @Test
    void theTestsExist() {
        BREACHED_BY.forEach((component, test) -> assertThat(isTest(test))
                .as("%s is breached by %s", component, test)
                .isTrue());
    }

    private static boolean isTest(String name) {
        int hash = name.indexOf('#');
        try {
            Method[] methods = Class.forName(ROOT + name.substring(0, hash), false, LimitsTest.class.getClassLoader())
                    .getDeclaredMethods();
            return Arrays.stream(methods)
                    .anyMatch(m -> m.getName().equals(name.substring(hash + 1)) && m.isAnnotationPresent(Test.class));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void noLimitIsZeroOrEndless() throws ReflectiveOperationException {
        values("", Limits.defaults())
                .forEach((name, value) ->
                        assertThat(value.longValue()).as(name).isPositive().isLessThan(Integer.MAX_VALUE * 100L));
    }
}
